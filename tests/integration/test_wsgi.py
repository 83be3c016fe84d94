"""`application` answers as mod_wsgi would call it, from settings of the environment alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
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


STARTED = """
import os, runpy, signal, sys
import park_downtime.api.app as app
file, is_replaced = sys.argv[1], sys.argv[2] == "replaced"
create_app = app.create_app
def create(*known, **named):
    if is_replaced:
        os.utime(file, (1, 1))
    return create_app(*known, **named)
app.create_app = create
signal.signal(signal.SIGINT, lambda *_: print("starts again"))
runpy.run_path(file)
"""


@pytest.mark.parametrize(("meanwhile", "said"), [("replaced", "starts again\n"), ("left", "")])
def test_a_process_that_starts_while_releases_change_starts_again(
    sqlite_url: str, tmp_path: Path, meanwhile: str, said: str
) -> None:
    file = tmp_path / "wsgi.py"
    wsgi = find_spec("park_downtime.wsgi")
    assert wsgi is not None and wsgi.origin is not None
    shutil.copy(wsgi.origin, file)
    done = subprocess.run(
        [sys.executable, "-c", STARTED, file, meanwhile],
        env={"DATABASE_URL": sqlite_url},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.stdout == said
