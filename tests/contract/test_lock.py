"""The lock files hold what pyproject.toml asks for, all of it and nothing else, each to the byte."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tools.lock import MAIN, declared

CHECKOUT = Path(__file__).parents[2]
DECLARED = declared(CHECKOUT / "pyproject.toml")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
Environment = dict[str, str]
NOT_INSTALLED_FOR_TESTS = {"mysqlclient"}  # wants a compiler; it depends on nothing


def locked(file: str) -> list[Requirement]:
    """Each entry: `name==version ; marker`. A name has two where Pythons need different releases of it."""
    text = (CHECKOUT / file).read_text("utf-8")
    return [Requirement(entry) for entry in re.findall(r"^([a-z0-9][^\\\n]*?)(?: \\)?$", text, re.MULTILINE)]


def pins(file: str, where: Environment) -> dict[str, str]:
    """By name, the version that is installed there."""
    return {canonicalize_name(one.name): pin(one) for one in locked(file) if applies(one.marker, where)}


def pin(entry: Requirement) -> str:
    (only,) = entry.specifier
    assert only.operator == "=="
    return only.version


def here() -> Environment:
    return {name: str(value) for name, value in default_environment().items()}


def with_python(minor: str) -> Environment:
    """This machine, with another Python."""
    return {**here(), "python_version": minor, "python_full_version": f"{minor}.0"}


def applies(marker: Marker | None, where: Environment, extra: str = "") -> bool:
    return marker is None or marker.evaluate({**where, "extra": extra})


def needed(requirements: list[str], where: Environment) -> dict[str, list[Requirement]]:
    """By name, everything that is asked for by these requirements and by what these need."""
    wanted: dict[str, list[Requirement]] = {}
    waiting = [Requirement(one) for one in requirements]
    seen = set()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        wanted.setdefault(name, []).append(one)
        for extra in ("", *one.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                asked = distribution(name).requires or []
            except PackageNotFoundError:
                assert name in NOT_INSTALLED_FOR_TESTS
                continue
            waiting += [more for more in map(Requirement, asked) if applies(more.marker, where, extra)]
    return wanted


@pytest.mark.parametrize("file", DECLARED)
def test_every_entry_is_pinned_and_has_its_hashes(file: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (CHECKOUT / file).read_text("utf-8"))[1:]
    assert len(entries) == len(locked(file)) > 0
    assert [entry for entry in entries if not HASH.search(entry)] == []
    assert all(pin(entry) for entry in locked(file))


@pytest.mark.parametrize("file", DECLARED)
def test_no_address_stands_in_it(file: str) -> None:
    text = (CHECKOUT / file).read_text("utf-8")
    assert not re.search(r"://|^\s*--(?!hash)|@", text, re.MULTILINE)


@pytest.mark.parametrize("python", ["3.11", "3.13"])
@pytest.mark.parametrize("file", DECLARED)
def test_it_holds_all_that_is_asked_for_and_nothing_else(file: str, python: str) -> None:
    where = with_python(python)
    found, wanted = pins(file, where), needed(DECLARED[file], where)
    assert sorted(found) == sorted(wanted)
    assert [
        f"{name} {found[name]}: {one}"
        for name, asked in wanted.items()
        for one in asked
        if found[name] not in one.specifier
    ] == []


@pytest.mark.parametrize("file", [file for file in DECLARED if file != MAIN])
def test_the_files_agree_on_a_version(file: str) -> None:
    main = pins(MAIN, here())
    other = {name: one for name, one in pins(file, here()).items() if name in main}
    assert other == {name: main[name] for name in other}


def test_what_is_installed_here_is_what_is_locked() -> None:
    for file in (MAIN, "requirements-aws.txt", "requirements-dev.txt"):
        found = pins(file, here())
        assert {name: version(name) for name in found} == found
