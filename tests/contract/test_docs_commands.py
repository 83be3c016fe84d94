"""docs/commands.md names every command and every option of it, and none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from park_downtime import cli

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
HEADING = re.compile(r"^## `park-downtime ([a-z-]+)`$", re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]*")


def sections() -> dict[str, str]:
    _, *parts = HEADING.split(PAGE.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def options_of(command: click.Command) -> set[str]:
    """All long options, those of the commands below included."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    own = {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--")
    }
    return own.union(*map(options_of, below))


def command_named(name: str) -> click.Command:
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert command is not None
    return command


def test_every_command_has_its_section_and_there_are_no_others() -> None:
    assert sorted(sections()) == sorted(cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_section_names_exactly_the_options_of_its_command(name: str) -> None:
    assert set(OPTION.findall(sections()[name])) - {"--help"} == options_of(command_named(name))


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_section_says_what_is_read_and_written(name: str) -> None:
    text = sections()[name].lower()
    assert "read" in text
    assert "writ" in text
