"""Settings from AWS SSM, against a local stand-in for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from waiting import PATIENCE_SECONDS

from park_downtime.config import settings
from park_downtime.config.settings import SettingsInvalid
from park_downtime.config.ssm import remote_settings

PATH = "/park-downtime/production/api"
REGION = "eu-central-1"


@pytest.fixture
def ssm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("AWS_SSM_PATH", PATH)
    with mock_aws():
        yield boto3.client("ssm", region_name=REGION)


def put(ssm: Any, name: str, value: str, kind: str = "String") -> None:
    ssm.put_parameter(Name=f"{PATH}/{name}", Value=value, Type=kind)


def test_parameters_below_the_path_are_settings(ssm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    put(ssm, "DATABASE_URL", "mysql://api:secret@db/park", "SecureString")
    put(ssm, "RATE_LIMIT", "90 per minute")
    found = settings.load(remote=remote_settings())
    assert (found.database_url, found.rate_limit) == ("mysql://api:secret@db/park", 90)
    assert found.sources["RATE_LIMIT"] == "AWS SSM"


def test_environment_and_env_file_win(ssm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ssm, "RATE_LIMIT", "90 per minute")
    put(ssm, "LOG_LEVEL", "ERROR")
    Path(".env").write_text("LOG_LEVEL=DEBUG\n", "utf-8")
    monkeypatch.setenv("RATE_LIMIT", "80 per minute")
    found = settings.load(remote=remote_settings())
    assert (found.rate_limit, found.log_level) == (80, "DEBUG")


def test_more_parameters_than_a_page_holds(ssm: Any) -> None:
    names = [known.name for known in settings.KNOWN if known.name not in ("AWS_SSM_PATH", "SPOOL_DIR")][:15]
    for name in names:
        put(ssm, name, "1")
    assert sorted(remote_settings()) == sorted(names)


def test_path_and_region_may_stand_in_the_env_file(ssm: Any) -> None:
    put(ssm, "LOG_LEVEL", "ERROR")
    Path("other.env").write_text(f"AWS_SSM_PATH={PATH}/\nAWS_REGION={REGION}\n", "utf-8")
    assert remote_settings({}, Path("other.env")) == {"LOG_LEVEL": "ERROR"}


def test_an_unknown_parameter_is_named(ssm: Any) -> None:
    put(ssm, "RATE_LIMITS", "90 per minute")
    with pytest.raises(SettingsInvalid, match=f"{PATH}/RATE_LIMITS .* no setting"):
        remote_settings()


@pytest.mark.usefixtures("ssm")
def test_a_path_without_parameters_is_an_error_with_path_and_region() -> None:
    with pytest.raises(SettingsInvalid, match=f"{PATH} holds no parameter in AWS SSM in {REGION}"):
        remote_settings()


@pytest.mark.usefixtures("ssm")
def test_without_a_region_the_error_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    with pytest.raises(SettingsInvalid, match=f"{PATH} cannot be read from AWS SSM in no region"):
        remote_settings()


def test_without_a_path_boto3_is_not_even_imported() -> None:
    program = """
import sys
from park_downtime.config.ssm import remote_settings
print(remote_settings(), "boto3" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "{} False\n"


def test_an_unreachable_ssm_is_one_clear_error_of_a_command() -> None:
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_SSM_PATH": PATH,
        "NO_PROXY": "127.0.0.1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "park_downtime.cli", "migrate"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 2
    assert f"AWS_SSM_PATH {PATH} cannot be read from AWS SSM in {REGION}: " in done.stderr
    assert "Traceback" not in done.stderr
