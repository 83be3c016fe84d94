"""Settings into AWS SSM by the shipped script, against a local stand-in for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from deployment import Deployment

SECRET = "mysql://park_api:5ecre7@localhost/park_downtime"
# Runs the script's program with AWS replaced, and says afterwards what SSM holds.
PYTHON = """#!{python}
import json, sys
import boto3
from moto import mock_aws

program, sys.argv = sys.stdin.read(), sys.argv[1:]
with mock_aws():
    client = boto3.client("ssm")
    client.put_parameter(Name="/park/api/LOG_LEVEL", Value="ERROR", Type="String")
    client.put_parameter(Name="/park/api/RATE_LIMIT", Value="90 per minute", Type="String")
    exec(compile(program, "program", "exec"), {{"__name__": "__main__"}})
    found = client.get_parameters_by_path(Path="/park/api", WithDecryption=True)["Parameters"]
    open({held!r}, "w").write(json.dumps({{one["Name"]: [one["Type"], one["Value"]] for one in found}}))
"""


@pytest.fixture
def host() -> Iterator[Deployment]:
    folder = Path(tempfile.mkdtemp(prefix="park-downtime-host-"))
    yield Deployment(folder / "host")
    shutil.rmtree(folder)


def put(host: Deployment, check: bool = True) -> subprocess.CompletedProcess[str]:
    python = host.folder / "python"
    python.write_text(PYTHON.format(python=sys.executable, held=str(host.folder / "held.json")), "utf-8")
    python.chmod(0o755)
    return host.script(
        "put-ssm-parameters.sh",
        *(host.config / "api" / ".env", "/park/api"),
        check=check,
        PARK_PYTHON=str(python),
        AWS_REGION="eu-central-1",
        AWS_DEFAULT_REGION="eu-central-1",
        AWS_ACCESS_KEY_ID="testing",
        AWS_SECRET_ACCESS_KEY="testing",
    )


def test_secrets_are_put_as_such_and_never_printed(host: Deployment) -> None:
    host.write_settings("api", DATABASE_URL=SECRET, LOG_LEVEL="WARNING", RATE_LIMIT="90 per minute")
    said = put(host)
    held = json.loads((host.folder / "held.json").read_text("utf-8"))
    assert held["/park/api/DATABASE_URL"] == ["SecureString", SECRET]
    assert held["/park/api/LOG_LEVEL"] == ["String", "WARNING"]
    assert "left alone: /park/api/RATE_LIMIT" in said.stdout
    assert "5ecre7" not in said.stdout + said.stderr


def test_what_is_no_setting_is_refused(host: Deployment) -> None:
    host.write_settings("api", RATE_LIMITS="90 per minute")
    done = put(host, check=False)
    assert (done.returncode, "what is no setting: RATE_LIMITS" in done.stderr) == (1, True)


def test_a_path_that_is_none_is_wrong_usage(host: Deployment) -> None:
    done = host.script("put-ssm-parameters.sh", host.config / "api" / ".env", "park", check=False)
    assert done.returncode == 2
