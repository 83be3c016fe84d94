"""An Apache of its own on loopback ports, with the shipped configuration and another site beside it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from ports import free_port
from waiting import PATIENCE_SECONDS, wait_until

MODULES = Path("/usr/lib/apache2/modules")
KEEPER = Path(__file__).parents[2] / "deployment" / "apache" / "keep-logs.sh"
HOST = "park.test"
OTHER_HOST = "other.test"

LOADED = (
    *("mpm_event", "authz_core", "alias", "dir", "mime", "filter", "deflate", "headers", "rewrite"),
    "autoindex",  # none of ours, but Debian's Apache lists folders by it unless it is told not to
    *("ssl", "wsgi", "cache", "cache_socache", "socache_shmcb", "proxy", "proxy_http"),
)


def missing_part() -> str | None:
    """What has to be installed first; None: nothing."""
    if program() is None:
        return "apache2 is not installed (Debian: apt install apache2-bin)"
    if not (MODULES / "mod_wsgi.so").exists():
        return "mod_wsgi is not installed (Debian: apt install libapache2-mod-wsgi-py3)"
    if shutil.which("rotatelogs", path=_path()) is None:
        return "rotatelogs is not installed (Debian: apt install apache2-utils)"
    if shutil.which("openssl") is None:
        return "openssl is not installed (Debian: apt install openssl)"
    return None


def program() -> str | None:
    return shutil.which("apache2", path=_path())


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin"


@dataclass
class Apache:
    """`folder` holds its process id, certificate and `logs`; `defines` are those of themeparkhall.conf.

    It is started with `environment` and nothing of the test's own, as by Debian's apache2ctl.
    """

    folder: Path
    site_conf: Path
    defines: dict[str, str]
    user: str
    flags: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    https: int = 0
    http: int = 0
    other: int = 0

    def __post_init__(self) -> None:
        self.http, self.https, self.other = free_port(), free_port(), free_port()
        self._make_certificate()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.https}"

    def start(self) -> None:
        conf = self.folder / "httpd.conf"
        conf.write_text(self._configuration(), "utf-8")
        other = self.folder / "other"
        other.mkdir(exist_ok=True)
        (other / "index.html").write_text("<title>Another site</title>", "utf-8")
        self._command("start")
        wait_until("Apache listens", lambda: (self._listens(), self.log()), lambda seen: seen[0])

    def reload(self) -> None:
        """Read the configuration anew, without ending what is being answered."""
        self._command("graceful")

    def stop(self) -> None:
        try:
            pid = int((self.folder / "apache.pid").read_text())
        except FileNotFoundError:
            return
        os.kill(pid, 15)
        wait_until("Apache's end", lambda: not (self.folder / "apache.pid").exists())

    @property
    def rotatelogs(self) -> str:
        """The program at the end of each log's pipe."""
        return str(shutil.which("rotatelogs", path=_path()))

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def files_of(self, log: str) -> list[Path]:
        """Those that are kept of `access`, `redirects` or `error`, the oldest first."""
        return sorted(self.logs.glob(f"{log}.log.*"))

    def log(self) -> str:
        """What went wrong, in our site and around it."""
        files = [self.folder / "error.log", *self.files_of("error")]
        return "".join(file.read_text("utf-8", "replace") for file in files if file.exists())

    def accesses(self) -> str:
        return "".join(file.read_text("utf-8") for file in self.files_of("access"))

    def _command(self, what: str) -> None:
        apache = program()
        assert apache is not None
        done = subprocess.run(
            [apache, "-f", str(self.folder / "httpd.conf"), "-k", what],
            env={"PATH": _path(), "LANG": "C", **self.environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        if done.returncode:
            raise RuntimeError(f"apache2 -k {what} failed: {done.stderr}\n{self.log()}")

    def _listens(self) -> bool:
        """It does so before it has written its process id, without which nobody can stop it."""
        with socket.socket() as probe:
            is_open = probe.connect_ex(("127.0.0.1", self.https)) == 0
        return is_open and (self.folder / "apache.pid").exists()

    def _make_certificate(self) -> None:
        names = f"subjectAltName=DNS:{HOST},IP:127.0.0.1"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
                *("-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", names),
                *("-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "cert.pem")),
            ],
            check=True,
            capture_output=True,
        )

    def _configuration(self) -> str:
        folder = self.folder
        defines = {
            "PARK_HOST": HOST,
            "PARK_HTTP_LISTEN": f"127.0.0.1:{self.http}",
            "PARK_HTTPS_LISTEN": f"127.0.0.1:{self.https}",
            "PARK_ADDRESS": f"https://{HOST}:{self.https}",
            "PARK_CERTIFICATE": str(folder / "cert.pem"),
            "PARK_CERTIFICATE_KEY": str(folder / "key.pem"),
            "PARK_LOGS": str(self.logs),
            "PARK_LOG_KEEPER": str(KEEPER),
            "PARK_ROTATELOGS": self.rotatelogs,
            "PARK_ACME": str(folder / "acme"),
            **self.defines,
        }
        (folder / "acme" / ".well-known" / "acme-challenge").mkdir(parents=True, exist_ok=True)
        return "\n".join(
            [
                f"ServerRoot {folder}",
                f"DefaultRuntimeDir {folder}",
                "ServerName localhost",
                f"PidFile {folder}/apache.pid",
                f"Mutex file:{folder} default",
                f"ErrorLog {folder}/error.log",
                'LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined',
                *(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in LOADED),
                "TypesConfig /etc/mime.types",
                "SSLSessionCache shmcb:ssl_cache(512000)",
                f"WSGISocketPrefix {folder}/wsgi",
                *((f"User {self.user}", f"Group {self.user}") if os.geteuid() == 0 else ()),
                f"Listen 127.0.0.1:{self.http}",
                f"Listen 127.0.0.1:{self.https}",
                f"Listen 127.0.0.1:{self.other}",
                # The site that was there before ours.
                f"<VirtualHost 127.0.0.1:{self.other} 127.0.0.1:{self.http}>",
                f"  ServerName {OTHER_HOST}",
                f"  DocumentRoot {folder}/other",
                "  DirectoryIndex index.html",
                f"  <Directory {folder}/other>",
                "    Require all granted",
                "  </Directory>",
                "</VirtualHost>",
                *(f'Define {name} "{value}"' for name, value in defines.items()),
                *(f"Define {name}" for name in self.flags),
                f"Include {self.site_conf}",
                "",
            ]
        )
