"""The tests lie in rooms of the program's names, and every module that others name exists."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PROGRAM = CHECKOUT / "src" / "park_downtime"
OTHER_ROOMS = {"benchmarks", "deployment"}
"""What is tested and is no package of the program."""

NAMING = sorted(
    file
    for pattern in (
        *("*.md", "docs/**/*.md", "benchmarks/*.md", "deployment/**/*", "tools/*"),
        *("pyproject.toml", "setup.py", "Makefile", ".env.example", ".ci/*"),
    )
    for file in CHECKOUT.glob(pattern)
    if file.is_file() and file.name != "CHANGELOG.md"  # which tells of modules that were
)
DOTTED = re.compile(r"(?<![\w.])park_downtime(?:\.(?!pth\b)\w+)+\b")
PATH = re.compile(r"(?:(?<![\w./$-])(?:[\w-]+/)*|park_downtime/(?:\w+/)*)[a-z_0-9-]+\.py\b")
MADE_ELSEWHERE = {"ensurepip/__init__.py"}
"""Of Python itself."""


def rooms() -> list[Path]:
    return [
        folder
        for kind in ("unit", "integration")
        for folder in sorted((CHECKOUT / "tests" / kind).glob("**/"))
        if any(folder.glob("test_*.py"))
    ]


def is_a_room(folder: str) -> bool:
    """`folder` below tests/unit or tests/integration."""
    return folder in OTHER_ROOMS or (PROGRAM / folder / "__init__.py").exists()


def is_named_rightly(name: str) -> bool:
    """A module, or what it holds: a function, a command's entry point, a version."""
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def exists(path: str) -> bool:
    """From the checkout or from any folder of it, such as `database/tables.py`."""
    below = [CHECKOUT / path, *CHECKOUT.glob(f"[!.]*/**/{path}")]
    return any(file.is_file() for file in below)


def missing(text: str) -> list[str]:
    modules = [name for name in DOTTED.findall(text) if not is_named_rightly(name)]
    files = [path for path in PATH.findall(text) if path not in MADE_ELSEWHERE and not exists(path)]
    return modules + files


@pytest.mark.parametrize("folder", rooms(), ids=lambda folder: str(folder.relative_to(CHECKOUT / "tests")))
def test_a_folder_of_tests_is_named_after_a_package(folder: Path) -> None:
    _, _, below = folder.relative_to(CHECKOUT / "tests").as_posix().partition("/")
    assert below == "" or is_a_room(below)


def test_a_folder_that_names_no_package_would_be_seen() -> None:
    assert is_a_room("feed")
    assert not is_a_room("feeds")


@pytest.mark.parametrize("file", NAMING, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_every_module_that_is_named_exists(file: Path) -> None:
    assert missing(file.read_text("utf-8", errors="replace")) == []


def test_a_module_that_does_not_exist_would_be_seen() -> None:
    text = "`database/tables.py`, park_downtime.cli:main and database/no_table.py, park_downtime.feed.gone"
    assert missing(text) == ["park_downtime.feed.gone", "database/no_table.py"]
