"""An installation without a checkout serves the whole dashboard, from wherever it is started."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
import requests

CHECKOUT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
PATIENCE_SECONDS = 300


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package alone, out of a wheel of a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("src", "frontend"):
        left_out = shutil.ignore_patterns("*.egg-info", "__pycache__")
        shutil.copytree(CHECKOUT / name, source / name, ignore=left_out)
    for file in (*CHECKOUT.glob("*.txt"), *CHECKOUT.glob("*.toml")):
        shutil.copy(file, source)
    for name in ("setup.py", "MANIFEST.in", "README.md"):
        shutil.copy(CHECKOUT / name, source)
    built = folder / "built"
    alone = ["--no-deps", "--no-index"]
    subprocess.run(
        [*PIP, "wheel", *alone, "--no-build-isolation", "--wheel-dir", built, source], check=True, timeout=300
    )
    (wheel,) = built.glob("*.whl")
    subprocess.run([*PIP, "install", *alone, "--target", folder / "alone", wheel], check=True, timeout=300)
    return folder / "alone"


@contextmanager
def running(installed: Path, data: Path) -> Iterator[str]:
    """The address of `run`, started from / with the dependencies of the tests and without the checkout."""
    # -S and no site: the editable installation of the checkout must not be found.
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(installed), sysconfig.get_path("purelib")]),
        "DATABASE_URL": f"sqlite:///{data / 'wheel.sqlite'}",
        "SPOOL_DIR": str(data / "spool"),
        "COLLECT_ENABLED": "false",
    }
    process = subprocess.Popen(
        [sys.executable, "-S", "-m", "park_downtime.cli", "run", "--port", "0"],
        cwd="/",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    killer = Timer(PATIENCE_SECONDS, process.kill)
    killer.start()
    try:
        assert process.stdout is not None
        found = next(filter(None, map(ADDRESS.search, process.stdout)), None)
        assert found is not None
        yield found[0]
    finally:
        killer.cancel()
        process.kill()
        process.communicate()


def test_every_file_of_the_dashboard_is_served_as_it_is(installed: Path, tmp_path: Path) -> None:
    frontend = CHECKOUT / "frontend"
    files = sorted(path for path in frontend.rglob("*") if path.is_file())
    assert {".html", ".css", ".js", ".woff2"} <= {path.suffix for path in files}
    with running(installed, tmp_path) as url:
        served = {path: requests.get(f"{url}/{path.relative_to(frontend)}", timeout=60) for path in files}
        pages = [requests.get(url + path, timeout=60) for path in ("/", "/live", "/api/docs", "/api/health")]
    assert [str(path) for path, answer in served.items() if answer.status_code != 200] == []
    changed = [path.name for path, answer in served.items() if answer.content != path.read_bytes()]
    assert changed == ["index.html", "method.html"]  # what those read who come from elsewhere is whole there
    assert [page.status_code for page in pages] == [200] * 4
    home = pages[0].text.replace(f'rel="home" href="{url}/"', 'rel="home" href="./"')
    assert home.replace(f"{url}/", "") == (frontend / "index.html").read_text(encoding="utf-8")


def test_it_is_the_wheel_that_was_asked(installed: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-S", "-c", "import park_downtime; print(park_downtime.__file__)"],
        cwd="/",
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert Path(said.stdout.strip()).is_relative_to(installed)
