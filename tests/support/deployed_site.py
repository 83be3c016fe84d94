"""A site as those see it who ask it over HTTPS."""

from __future__ import annotations

from dataclasses import dataclass

import apache
import requests
from apache import Apache
from deployment import Deployment
from waiting import PATIENCE_SECONDS


@dataclass
class Site:
    """Backend and frontend in place, answering through Apache."""

    deployment: Deployment
    apache: Apache

    def get(self, path: str, **headers: str) -> requests.Response:
        """As a browser that takes gzip would ask; the body is kept as it came in `raw_body`."""
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, url: str | None = None, **headers: str) -> requests.Response:
        return ask(self.apache, method, path, url, **headers)


def ask(server: Apache, method: str, path: str, url: str | None = None, **headers: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(server.folder / "cert.pem")
        sent = {"Host": apache.HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return session.request(
            method,
            (url or server.url) + path,
            headers=sent,
            timeout=PATIENCE_SECONDS,
            allow_redirects=False,
        )
