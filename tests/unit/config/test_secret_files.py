"""Files that hold secrets: who else may read them, and what mends it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from park_downtime.config import secret_files
from park_downtime.config.secret_files import exposed, exposed_files
from park_downtime.config.settings import Settings, load


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own file, also where the tests are run by root."""
    monkeypatch.setattr(secret_files, "ROOT", os.getuid() + 1)
    found = tmp_path / "secrets"
    found.touch()
    return found


def settings(tmp_path: Path, **environment: str) -> Settings:
    return load(environment, env_file=tmp_path / ".env")


@pytest.mark.parametrize(
    ("mode", "who"), [(0o644, "everyone on this machine"), (0o602, "everyone on this machine")]
)
def test_what_everyone_can_read_or_write_is_told(file: Path, mode: int, who: str) -> None:
    file.chmod(mode)
    assert str(exposed(file)) == f"{file} can be read by {who}: chmod go-rwx {file}"


def test_what_its_group_can_read_is_told(file: Path) -> None:
    file.chmod(0o640)
    assert str(exposed(file)) == f"{file} can be read by its group: chmod go-rwx {file}"


def test_what_root_has_handed_to_a_group_is_meant_for_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_files, "ROOT", os.getuid())
    file.chmod(0o640)
    assert exposed(file) is None
    file.chmod(0o644)
    assert str(exposed(file)) == f"{file} can be read by everyone on this machine: chmod o-rwx {file}"


def test_what_only_its_owner_can_read_is_well_kept(file: Path) -> None:
    file.chmod(0o600)
    assert exposed(file) is None


def test_a_file_that_is_not_there_exposes_nothing(file: Path) -> None:
    assert exposed(file.with_name("nothing")) is None


class TestWhichFiles:
    def test_the_env_file(self, tmp_path: Path) -> None:
        (tmp_path / ".env").touch()
        (tmp_path / ".env").chmod(0o644)
        assert [one.path for one in exposed_files(settings(tmp_path), {})] == [tmp_path / ".env"]

    def test_those_that_the_database_address_names(self, file: Path, tmp_path: Path) -> None:
        file.chmod(0o644)
        url = f"mysql://me@db/parks?ssl_key={file}&read_default_file={file}"
        assert [one.path for one in exposed_files(settings(tmp_path, DATABASE_URL=url), {})] == [file]

    def test_those_of_aws_where_settings_are_kept_there(self, file: Path, tmp_path: Path) -> None:
        file.chmod(0o644)
        environment = {"AWS_SHARED_CREDENTIALS_FILE": str(file)}
        found = exposed_files(settings(tmp_path, AWS_SSM_PATH="/park"), environment)
        assert file in [one.path for one in found]
        assert exposed_files(settings(tmp_path), environment) == []
