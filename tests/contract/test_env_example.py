"""`.env.example` names every setting with its default, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from park_downtime.config.settings import KNOWN, Known, load

EXAMPLE = Path(__file__).parents[2] / ".env.example"
LINE = re.compile(r"^#?([A-Z][A-Z0-9_]*)=(.*)$", re.MULTILINE)


def settings_in_example() -> list[tuple[str, str]]:
    return LINE.findall(EXAMPLE.read_text(encoding="utf-8"))


def test_every_setting_stands_in_the_example_once_and_nothing_else_does() -> None:
    assert sorted(name for name, _ in settings_in_example()) == sorted(known.name for known in KNOWN)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_the_example_shows_the_default(known: Known) -> None:

    assert dict(settings_in_example())[known.name] == known.default


def test_every_setting_is_explained_above_its_line() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    bare = [
        lines[at] for at, line in enumerate(lines) if LINE.match(line) and not lines[at - 1].startswith("# ")
    ]
    assert bare == []


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    copy = tmp_path / "example.env"
    copy.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert load({}, copy) == load({}, tmp_path / "absent.env")
