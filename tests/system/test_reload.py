"""Apache and the API begin anew while visitors go on asking: nobody is left without an answer."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from apache import Apache
from deployed_site import Site
from deployment import CHECKOUT
from steady_load import SteadyLoad
from waiting import PATIENCE_SECONDS, wait_until

PATHS = [
    "/api/health",
    "/",
    "/api/parks",
    "/api/parks/downtime?period=7days",
    "/js/app.js",
    "/api/rides?limit=5",
]
RELOADS = 3
REQUESTS = 120
"""After each reload."""
THREADS = 4
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def wsgi_pids(site: Site) -> set[int]:
    """mod_wsgi's processes of this Apache: children of the process that its pid file names."""
    parent = (site.apache.folder / "apache.pid").read_text().strip()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            of = (process / "stat").read_text().rpartition(")")[2].split()[1]
            name = (process / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if of == parent and name.startswith(b"(wsgi:"):
            found.add(int(process.name))
    return found


def await_others(site: Site, before: set[int]) -> None:
    wait_until(
        f"as many processes, and none of {before}",
        lambda: wsgi_pids(site),
        lambda now: len(now) >= len(before) and not now & before,
    )


def test_processes_of_the_api_that_start_again_lose_no_request(site: Site) -> None:
    """What a deployment does: each process ends the requests it is at and starts in the current release."""
    with SteadyLoad(site, PATHS, THREADS) as load:
        for _ in range(RELOADS):
            before = wsgi_pids(site)
            os.utime(site.deployment.root / "backend" / "current" / "wsgi.py")
            load.await_requests(REQUESTS)
            await_others(site, before)
    assert load.lost == []
    assert len(load.asked) >= RELOADS * REQUESTS


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
    server = Apache(folder, site.apache.site_conf, defines, site.apache.user)
    server.start()
    yield Site(site.deployment, server)
    server.stop()


def test_a_reload_of_apache_loses_no_request_of_the_service_behind_it(proxying_site: Site) -> None:
    with SteadyLoad(proxying_site, PATHS, THREADS) as load:
        for _ in range(RELOADS):
            proxying_site.apache.reload()
            load.await_requests(REQUESTS)
    assert load.lost == []
    assert len(load.asked) >= RELOADS * REQUESTS


def test_a_reload_of_apache_costs_mod_wsgi_only_what_it_is_at(site: Site) -> None:
    """Apache ends mod_wsgi's processes and their socket at once; whoever asks the API at that moment is told
    so by a 5xx (mod_wsgi 4.9 cannot do better). Files are never lost.
    """
    with SteadyLoad(site, PATHS, THREADS) as load:
        for _ in range(RELOADS):
            before = wsgi_pids(site)
            site.apache.reload()
            load.await_requests(REQUESTS)
            await_others(site, before)
    assert [asked for asked in load.lost if not asked.path.startswith("/api/")] == []
    assert {asked.status for asked in load.lost} <= {500, 503}
    assert len(load.lost) <= RELOADS * THREADS
