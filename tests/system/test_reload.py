"""The API begins anew, logs rotate and Apache is reloaded, while visitors go on asking.

`RELOADS=200` makes the few into the long trial (CONTRIBUTING.md).
"""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from apache import Apache
from deployed_site import Site
from deployment import CHECKOUT, copy_source
from steady_load import Asked, SteadyLoad
from waiting import PATIENCE_SECONDS, wait_until

# Addresses that Apache never answers by itself: health, files, and parameters in another order than the
# canonical one, whose answers are private.
PATHS = [
    "/api/health",
    "/",
    "/api/parks?order=asc&limit=5",
    "/api/parks/downtime?limit=5&period=7days",
    "/js/app.js",
    "/api/rides?order=asc&limit=5",
]
RELOADS = int(os.environ.get("RELOADS", "3"))
REQUESTS = 60
"""After each reload."""
THREADS = 4
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
log = logging.getLogger(__name__)
AGENT = re.compile(r"visitor/\d+")


def children(site: Site, name: bytes) -> set[int]:
    """Processes of this Apache whose command begins so: children of the process that its pid file names."""
    parent = (site.apache.folder / "apache.pid").read_text().strip()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            of = (process / "stat").read_text().rpartition(")")[2].split()[1]
            command = (process / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if of == parent and command.startswith(name):
            found.add(int(process.name))
    return found


def wsgi_pids(site: Site) -> set[int]:
    return children(site, b"(wsgi:")


def logging_pids(site: Site) -> set[int]:
    return children(site, site.apache.rotatelogs.encode())


def await_others(look: Callable[[], set[int]], before: set[int], count: int) -> None:
    wait_until(
        f"{count} processes, and none of {before}",
        look,
        lambda now: len(now) >= count and not now & before,
    )


@pytest.fixture(scope="module")
def releases(site: Site, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two, the second in place."""
    first = site.deployment.current("backend")
    source = tmp_path_factory.mktemp("second") / "checkout"
    copy_source(source)
    (source / "src/park_downtime/__init__.py").write_text('__version__ = "9.8.0"\n', "utf-8")
    site.deployment.deploy_backend(source=source)
    return [first, site.deployment.current("backend")]


def put_in_place(site: Site, release: str) -> None:
    """As deploy-backend.sh does it."""
    backend = site.deployment.root / "backend"
    (backend / "next").symlink_to(f"releases/{release}")
    (backend / "next").rename(backend / "current")
    os.utime(backend / "current" / "wsgi.py")


def assert_each_is_in_the_log_once(site: Site, asked: list[Asked]) -> None:
    sent = {one.agent for one in asked}

    def logged() -> list[str]:
        return [agent for agent in AGENT.findall(site.apache.accesses()) if agent in sent]

    # Apache writes the line once the answer has left.
    wait_until("a line for each request", lambda: len(logged()), lambda lines: lines >= len(sent))
    assert sorted(logged()) == sorted(sent)


def test_deployments_and_rotations_of_logs_lose_no_request(site: Site, releases: list[str]) -> None:
    """Nothing of ours reloads Apache: each process of the API ends the requests it is at and starts in the
    current release, and logs rotate at the end of a pipe.
    """
    rotated = len(site.apache.files_of("access"))
    with SteadyLoad(site, PATHS, THREADS) as load:
        for release in islice(cycle(releases), RELOADS):
            before = wsgi_pids(site)
            put_in_place(site, release)
            await_others(lambda: wsgi_pids(site), before, len(before))
            load.await_requests(REQUESTS)
    rotated = len(site.apache.files_of("access")) - rotated
    log.info("%d deployments, %d rotations: %s", RELOADS, rotated, load)
    assert load.lost == []
    assert load.copies == []
    assert len(load.asked) >= RELOADS * REQUESTS
    assert len(load.versions) >= RELOADS
    assert rotated >= RELOADS
    assert_each_is_in_the_log_once(site, load.asked)


def test_logs_rotate_without_a_reload(site: Site) -> None:
    current = site.apache.logs / "access.log"
    processes, before = wsgi_pids(site) | logging_pids(site), len(site.apache.files_of("access"))
    with SteadyLoad(site, PATHS, THREADS) as load:
        wait_until("five more files", lambda: len(site.apache.files_of("access")) - before, lambda n: n >= 5)
    assert load.lost == []
    assert_each_is_in_the_log_once(site, load.asked)
    assert wsgi_pids(site) | logging_pids(site) == processes
    assert current.samefile(site.apache.files_of("access")[-1])


def test_programs_of_the_logs_that_die_cost_no_request(site: Site) -> None:
    """Apache starts those of accesses again at once, that of errors with the next reload."""
    before = logging_pids(site)
    assert len(before) == 3
    with SteadyLoad(site, PATHS, THREADS) as load:
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        await_others(lambda: logging_pids(site), before, 2)
        later = len(load.asked) + THREADS
        load.await_requests(REQUESTS)
    assert load.lost == []
    assert_each_is_in_the_log_once(site, load.asked[later:])
    of_the_api = wsgi_pids(site)
    site.apache.reload()
    await_others(lambda: logging_pids(site), before, 3)
    await_others(lambda: wsgi_pids(site), of_the_api, len(of_the_api))


@pytest.fixture
def service(site: Site) -> Iterator[str]:
    """The API as api.service runs it: a process of its own, at an address of the loopback."""
    deployed = site.deployment
    log = deployed.folder / "log" / "service.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                deployed.root / "backend" / "current" / "venv" / "bin" / "park-downtime",
                *("serve", "--host", "127.0.0.1", "--port", "0"),
            ],
            cwd=deployed.config / "api",
            user=deployed.user,
            group=deployed.user,
            extra_groups=(),
            env={**deployed.environment, "TRUSTED_PROXIES": "127.0.0.1", "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=output,
        )
    said = wait_until(
        "the service's address",
        lambda: (process.poll(), log.read_text("utf-8")),
        lambda seen: seen[0] is not None or ADDRESS.search(seen[1]),
    )
    found = ADDRESS.search(said[1])
    assert found is not None, said
    yield found[0]
    process.terminate()
    process.wait(PATIENCE_SECONDS)


@pytest.fixture
def proxying_site(site: Site, service: str, open_folder: Path) -> Iterator[Site]:
    """The same releases through an Apache that hands /api on to the service."""
    folder = open_folder / "proxying"
    folder.mkdir(mode=0o755)
    defines = {
        **site.apache.defines,
        "PARK_BACKEND_CONF": str(CHECKOUT / "deployment" / "apache" / "proxy.conf"),
        "PARK_API_ADDRESS": service,
    }
    server = Apache(
        folder, site.apache.site_conf, defines, site.apache.user, environment=site.apache.environment
    )
    server.start()
    yield Site(site.deployment, server)
    server.stop()


def test_a_reload_of_apache_loses_no_request_of_the_service_behind_it(proxying_site: Site) -> None:
    with SteadyLoad(proxying_site, PATHS, THREADS) as load:
        for _ in range(RELOADS):
            proxying_site.apache.reload()
            load.await_requests(REQUESTS)
    log.info("%d reloads before the service: %s", RELOADS, load)
    assert load.lost == []
    assert load.copies == []
    assert len(load.asked) >= RELOADS * REQUESTS


def test_a_reload_of_apache_costs_mod_wsgi_only_what_it_is_at(site: Site) -> None:
    """Apache ends mod_wsgi's processes and their socket at once; whoever asks the API at that moment is told
    so by a 5xx (mod_wsgi 4.9 cannot do better). Files are never lost.
    """
    with SteadyLoad(site, PATHS, THREADS) as load:
        for _ in range(RELOADS):
            before = wsgi_pids(site)
            site.apache.reload()
            await_others(lambda: wsgi_pids(site), before, len(before))
            load.await_requests(REQUESTS)
    log.info("%d reloads with mod_wsgi: %s", RELOADS, load)
    assert load.copies == []
    assert [asked for asked in load.lost if not asked.path.startswith("/api/")] == []
    assert {asked.status for asked in load.lost} <= {500, 503}
    assert len(load.lost) <= RELOADS * THREADS
