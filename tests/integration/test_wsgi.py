"""`application` answers as mod_wsgi would call it, from settings of the environment alone."""

from __future__ import annotations

import subprocess
import sys

from waiting import PATIENCE_SECONDS

CODE = """
from wsgiref.util import setup_testing_defaults
from park_downtime.wsgi import application
environ = {"PATH_INFO": "/api/health"}
setup_testing_defaults(environ)
said = []
body = b"".join(application(environ, lambda status, headers: said.append(status)))
print(said[0], body.decode())
"""


def test_it_answers(sqlite_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={"DATABASE_URL": sqlite_url},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.stdout.startswith("200 OK "), done.stderr
    assert '"success":true' in done.stdout


def test_wrong_settings_are_named_in_the_log_of_the_server() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={"DATABASE_URL": "nonsense"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode != 0
    assert "DATABASE_URL (from environment) must be a database URL" in done.stderr
