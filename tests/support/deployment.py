"""The shipped scripts against folders of a test: settings by role, a database with least rights, releases."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

LOCKS = ("requirements.txt", "requirements-aws.txt", "requirements-mysql.txt")
PARTS = ("src", "deployment", "frontend", *LOCKS, "pyproject.toml")
CHECKOUT = Path(__file__).parents[2]
SCRIPTS = CHECKOUT / "deployment" / "scripts"
SYSTEM_PYTHON = Path("/usr/bin/python3")
SCRIPT_SECONDS = 900
ROLES = ("api", "jobs", "migrate")


def missing_part() -> str | None:
    """What keeps the system's Python from using the packages that the tests use; None: nothing."""
    if not SYSTEM_PYTHON.exists():
        return f"{SYSTEM_PYTHON} is not there (Debian: apt install python3)"
    version = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import sys; print(*sys.version_info[:2], sep='.')"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    return None if version == own else f"mod_wsgi runs Python {version}, the tests have packages for {own}"


@dataclass
class Deployment:
    """Folders as setup-host.sh would make them, below `folder`, which others must be able to enter."""

    folder: Path
    url: str = "https://127.0.0.1:1"

    def __post_init__(self) -> None:
        copy_source(self.source)
        for role in ROLES:
            (self.config / role).mkdir(parents=True)
            self.write_settings(role, **({"LOG_LEVEL": "WARNING"} if role == "api" else {}))
        for name in ("spool", "archive", "backups", "log", "run"):
            (self.folder / name).mkdir()
            (self.folder / name).chmod(0o777)

    @property
    def source(self) -> Path:
        """What the test began with, whatever becomes of the checkout meanwhile."""
        return self.folder / "source"

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def config(self) -> Path:
        return self.folder / "config"

    @property
    def user(self) -> str:
        """Whom Apache, API and jobs run as."""
        return "www-data" if os.geteuid() == 0 else getpass.getuser()

    @property
    def environment(self) -> dict[str, str]:
        """That of the scripts: nothing of the test's own settings."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **kept,
            "PATH": f"{kept.get('PATH', '')}:/usr/sbin",
            "PARK_ROOT": str(self.root),
            "PARK_CONFIG": str(self.config),
            "PARK_STATE": str(self.folder),
            "PARK_LOGS": str(self.folder / "log"),
            "PARK_RUN": str(self.folder / "run"),
            "PARK_API_USER": self.user,
            "PARK_JOBS_USER": self.user,
            "PARK_URL": self.url,
            "PARK_HEALTH_SECONDS": "400",
        }

    def write_settings(self, role: str, **more: str) -> None:
        lines = {
            "SPOOL_DIR": str(self.folder / "spool"),
            "ARCHIVE_DIR": str(self.folder / "archive"),
            "LOG_FORMAT": "json",
            **more,
        }
        text = "".join(f"{name}={value}\n" for name, value in lines.items())
        (self.config / role / ".env").write_text(text, "utf-8")

    def settings(self, role: str) -> dict[str, str]:
        lines = (self.config / role / ".env").read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def database_url(self, role: str) -> str:
        return self.settings(role)["DATABASE_URL"]

    def script(
        self, name: str, *arguments: str | Path, check: bool = True, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [SCRIPTS / name, *map(str, arguments)],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=SCRIPT_SECONDS,
        )
        assert not check or done.returncode == 0, f"{name}: {done.stdout}\n{done.stderr}"
        return done

    def set_up_database(self, server_url: str, name: str, prefix: str) -> None:
        """A database and three users on the server of the tests."""
        url = make_url(server_url)
        options = self.folder / "admin.cnf"
        options.write_text(
            f"[client]\nuser={url.username}\npassword={url.password}\n"
            f"host={url.host}\nport={url.port}\nprotocol=tcp\n",
            "utf-8",
        )
        options.chmod(0o600)
        self.script(
            "setup-database.sh",
            *("--admin-options", options, "--host", str(url.host), "--port", str(url.port)),
            *("--from", "%", "--database", name, "--users", prefix),
        )

    def deploy_backend(
        self, *arguments: str | Path, check: bool = True, source: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return self.script(
            "deploy-backend.sh",
            *("--source", source or self.source, "--python", SYSTEM_PYTHON, "--packages-of", sys.prefix),
            *arguments,
            check=check,
            **environment,
        )

    def deploy_first_release(self) -> None:
        self.deploy_backend("--first")
        self.script("deploy-frontend.sh", "--source", self.source / "frontend", "--first")

    def current(self, part: str) -> str:
        """The release in place."""
        return (self.root / part / "current").readlink().name


def copy_source(target: Path) -> None:
    """What a release is made from."""
    target.mkdir(parents=True)
    for part in PARTS:
        if (CHECKOUT / part).is_dir():
            shutil.copytree(
                CHECKOUT / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        else:
            shutil.copy(CHECKOUT / part, target / part)
