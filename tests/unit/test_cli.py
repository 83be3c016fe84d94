"""The list of commands, and what a failure says."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from waiting import PATIENCE_SECONDS

from park_downtime import cli
from park_downtime.commands.failures import explained
from park_downtime.config.settings import SettingsInvalid
from park_downtime.database.availability import DatabaseUnavailable
from park_downtime.database.schema import SchemaBehind


def group() -> tuple[click.Group, click.Context]:
    return cli.cli, click.Context(cli.cli)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_listed_command_exists_under_its_name(name: str) -> None:
    commands, context = group()
    command = commands.get_command(context, name)
    assert command is not None
    assert command.name == name


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_says_what_it_reads_or_writes(name: str) -> None:
    commands, context = group()
    command = commands.get_command(context, name)
    assert command is not None and command.help is not None
    assert "read" in command.help.lower() or "write" in command.help.lower()


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from park_downtime.cli import main; main(['--help']);"
        "print([name for name in ('sqlalchemy', 'flask', 'pydantic', 'requests') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS
    )
    assert done.stdout.endswith("[]\n")


def test_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["nothing"]) == 2
    assert "nothing" in capsys.readouterr().err


def test_help_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    assert "migrate" in capsys.readouterr().out


def test_settings_problems_are_all_named_as_wrong_usage() -> None:
    known = explained(SettingsInvalid(["LOG_LEVEL must be INFO", "RATE_LIMIT must be 1"]))
    assert known is not None
    assert known.exit_status == 2
    assert known.text.splitlines()[1:] == ["  LOG_LEVEL must be INFO", "  RATE_LIMIT must be 1"]


def test_a_database_that_is_away_is_said_in_one_line() -> None:
    known = explained(DatabaseUnavailable("Can't connect to 'db'"))
    assert known is not None
    assert known.exit_status == 1
    assert known.text.startswith("the database cannot be used: Can't connect to 'db'")
    assert "\n" not in known.text


def test_a_schema_behind_says_what_to_run() -> None:
    known = explained(SchemaBehind("run `park-downtime migrate`"))
    assert known is not None
    assert known.text == "run `park-downtime migrate`"


def test_what_nobody_expected_is_not_explained() -> None:
    assert explained(ZeroDivisionError("x")) is None


def test_an_unexpected_error_says_where_to_see_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise ZeroDivisionError("seven by zero")

    monkeypatch.setattr(cli.cli, "main", explode)
    assert cli.main([]) == 1
    error = capsys.readouterr().err
    assert error == "Error: ZeroDivisionError: seven by zero (LOG_LEVEL=DEBUG shows where it happened)\n"


def test_an_interrupted_command_fails_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise click.exceptions.Abort

    monkeypatch.setattr(cli.cli, "main", interrupt)
    assert cli.main([]) == 1
    assert capsys.readouterr().err == "Stopped.\n"
