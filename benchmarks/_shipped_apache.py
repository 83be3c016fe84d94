"""An Apache with the shipped files on the loopback, and the API in the two processes of its mod_wsgi."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from apache import Apache
from deployment import CHECKOUT, SYSTEM_PYTHON

USER = "www-data"


@contextmanager
def shipped_apache(
    folder: Path, settings: Mapping[str, str], beside: str = "", program_begins_with: str = ""
) -> Iterator[Apache]:
    """`folder` is empty but for what shall be found there: `home` of the API, `wsgi` for scripts,
    `root/frontend/current`. `beside` stands in the virtual host beside the API; `program_begins_with` is
    Python that each process of the API runs before our program is loaded.
    """
    for name in ("home", "wsgi", "root/frontend/current"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _make_environment(folder / "venv", program_begins_with)
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    env_file = folder / "home" / ".env"
    env_file.touch(0o600)
    env_file.write_text(lines, "utf-8")
    shutil.copy(CHECKOUT / "src" / "park_downtime" / "wsgi.py", folder / "wsgi" / "wsgi.py")
    backend = folder / "backend.conf"
    backend.write_text(f'Include "{CHECKOUT}/deployment/apache/wsgi.conf"\n{beside}', "utf-8")
    user = str(os.geteuid())
    if os.geteuid() == 0:
        user = USER
        for path in (folder / "home", *(folder / "home").iterdir()):
            shutil.chown(path, user)
    server = Apache(
        folder,
        CHECKOUT / "deployment" / "apache" / "themeparkhall.conf",
        {
            "PARK_ROOT": str(folder / "root"),
            "PARK_BACKEND_CONF": str(backend),
            "PARK_API_USER": user,
            "PARK_API_GROUP": user,
            "PARK_API_HOME": str(folder / "home"),
            "PARK_VENV": str(folder / "venv"),
            "PARK_WSGI": str(folder / "wsgi"),
        },
        user,
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _make_environment(folder: Path, begins_with: str) -> None:
    """The system's Python, which mod_wsgi runs, with the packages of this one."""
    subprocess.run([SYSTEM_PYTHON, "-m", "venv", "--without-pip", folder], check=True)
    found = subprocess.run(
        [folder / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    packages = Path(found.stdout.strip())
    (packages / "benchmark_begins.py").write_text(begins_with, "utf-8")
    paths = f"{CHECKOUT}/src\n{sysconfig.get_path('purelib')}\n"
    (packages / "benchmark.pth").write_text(f"{paths}import benchmark_begins\n", "utf-8")
