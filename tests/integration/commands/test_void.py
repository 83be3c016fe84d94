"""`void`: says what changed, lists, takes back, and refuses in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import api_world
import pytest
from sqlalchemy import Engine

from park_downtime import clock
from park_downtime.collection.lock import collecting_alone
from park_downtime.database.engine import make_engine

Call = Callable[..., tuple[int, str, str]]

OUTAGE = ("--from", "2026-07-01T15:00Z", "--to", "2026-07-01T12:00-04:00")
"""From 11:00 to 12:00 in New York, in which ride 2 of park 6 is down for half an hour."""
WHY = ("--reason", "The feed repeated its last values.")


@pytest.fixture(autouse=True)
def world(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SPOOL_DIR", str(tmp_path / "spool"))
    monkeypatch.setattr(clock, "utc_now", lambda: api_world.NOW)
    engine = make_engine(sqlite_url)
    api_world.fill(engine)
    yield engine
    engine.dispose()


def test_it_says_what_changed_and_what_follows(call: Call) -> None:
    status, out, _ = call("void", "--park", "6", "--ride", "2", *OUTAGE, *WHY)
    assert status == 0
    assert out.splitlines() == [
        "Correction 1: Ride 2 (2) of Magic (6), 2026-07-01T15:00:00Z to 2026-07-01T16:00:00Z: "
        "The feed repeated its last values.",
        "Hours of the ride's days:",
        "  2026-07-01  downtime 0.50 -> 0.00, open 3.33 -> 2.83, unknown 0.00 -> 1.00",
        "Weeks, months and years follow with the next `park-downtime aggregate`.",
    ]


def test_taking_it_back_says_so_and_the_list_remembers(call: Call) -> None:
    assert call("void", "--list") == (0, "No correction has been made.\n", "")
    call("void", "--park", "6", *OUTAGE, *WHY)
    assert ", in force" in call("void", "--list")[1]
    _, out, _ = call("void", "--withdraw", "1")
    assert out.startswith("Taken back: correction 1: Magic (6), ")
    assert "downtime 0.00 -> 0.67" in out
    assert "made 2026-07-01T17:52:00Z, taken back 2026-07-01T17:52:00Z" in call("void", "--list")[1]


def test_a_stretch_without_readings_changes_no_figure(call: Call) -> None:
    night = ("--from", "2026-07-01T17:51Z", "--to", "2026-07-01T17:52Z")
    assert "No day's figures are others by it." in call("void", "--park", "6", *night, *WHY)[1]


REFUSED = {
    "no park has the id 5": ("--park", "5", *OUTAGE, *WHY),
    "no ride has the id 99": ("--park", "6", "--ride", "99", *OUTAGE, *WHY),
    "ride 11 is not of park 6, but of 50": ("--park", "6", "--ride", "11", *OUTAGE, *WHY),
    "the stretch is empty": ("--park", "6", *OUTAGE[:2], "--to", "2026-07-01T15:00Z", *WHY),
    "--to lies in the future": ("--park", "6", *OUTAGE[:2], "--to", "2026-07-01T17:53Z", *WHY),
    "say why with --reason": ("--park", "6", *OUTAGE, "--reason", "  "),
    "the reason has 301 characters, 300 at most": ("--park", "6", *OUTAGE, "--reason", 301 * "x"),
    "the first day that can be judged again is 2026-07-01 (2026-07-01T04:00:00Z)": (
        *("--park", "6", "--from", "2026-06-30T15:00Z", *OUTAGE[2:], *WHY),
    ),
    "there is no correction 7": ("--withdraw", "7"),
}


@pytest.mark.parametrize("arguments", REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_one_line(call: Call, arguments: tuple[str, ...]) -> None:
    status, out, err = call("void", *arguments)
    said = next(words for words, given in REFUSED.items() if given == arguments)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"Error: {said}")


def test_the_same_is_not_made_twice_nor_taken_back_twice(call: Call) -> None:
    call("void", "--park", "6", *OUTAGE, *WHY)
    assert call("void", "--park", "6", *OUTAGE, *WHY)[2] == "Error: correction 1 says the same already\n"
    call("void", "--withdraw", "1")
    assert call("void", "--withdraw", "1")[2] == "Error: correction 1 was taken back on 2026-07-01\n"
    assert call("void", "--park", "6", *OUTAGE, *WHY)[0] == 0


WRONG = {
    "has no zone": ("--park", "6", "--from", "2026-07-01T15:00", *OUTAGE[2:], *WHY),
    "is no time": ("--park", "6", "--from", "yesterday", *OUTAGE[2:], *WHY),
    "A correction needs --reason too": ("--park", "6", *OUTAGE),
    "A correction needs --park, --from, --to, --reason too": ("--ride", "2"),
    "Say --park": (),
    "or --list, or --withdraw": ("--list", "--withdraw", "1"),
}


@pytest.mark.parametrize(("said", "arguments"), WRONG.items(), ids=WRONG.keys())
def test_wrong_usage(call: Call, said: str, arguments: tuple[str, ...]) -> None:
    status, _, err = call("void", *arguments)
    assert status == 2
    assert said in err


def test_a_cycle_at_work_refuses_it(call: Call, tmp_path: Path) -> None:
    with collecting_alone(tmp_path / "spool", "collect", datetime(2026, 7, 1, tzinfo=UTC)):
        status, _, err = call("void", "--park", "6", *OUTAGE, *WHY)
    assert (status, call("void", "--list")[1]) == (1, "No correction has been made.\n")
    assert "already collecting: collect" in err
