"""`doctor --feed` asks a feed as it is, and says of each assumption whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import default_world, synthetic_world

SUMMER_NOON = datetime(2026, 7, 4, 18, tzinfo=UTC)

Call = Callable[..., tuple[int, str, str]]


def verdicts(out: str) -> dict[str, str]:
    """By the name of each assumption."""
    found = {}
    for line in out.splitlines():
        for verdict in ("held", "BROKEN", "not seen"):
            if line.startswith(f"{verdict} ") and "  expected " in line:
                name = line.removeprefix(verdict).partition("  expected ")[0].strip()
                found[name] = verdict
    return found


def broken(out: str) -> set[str]:
    return {name for name, verdict in verdicts(out).items() if verdict == "BROKEN"}


def line_of(name: str, out: str) -> str:
    (line,) = [line for line in out.splitlines() if f"  {name}  " in line and "expected" in line]
    return line


@pytest.fixture(autouse=True)
def our_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stamps are compared with it."""
    monkeypatch.setattr("park_downtime.clock.utc_now", lambda: SUMMER_NOON)


@pytest.fixture
def present_feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedFeedServer]:
    """Seventy parks of twenty rides each, by day."""
    with SimulatedFeedServer(synthetic_world(70, 20), lambda: SUMMER_NOON) as server:
        monkeypatch.setenv("QUEUE_TIMES_URL", server.url)
        yield server


def test_a_feed_as_it_should_be_holds(call: Call, present_feed: SimulatedFeedServer, tmp_path: Path) -> None:
    status, out, _ = call("doctor", "--feed")
    assert status == 0, out
    assert broken(out) == set()
    assert len(verdicts(out)) == 24
    assert f"Feed: {present_feed.url} (simulated" in out
    assert "70 of 70" in line_of("parks answer", out)
    assert "1,400 different entries" in line_of("rides", out)
    assert verdicts(out)["stamps move"] == "not seen"
    assert not (tmp_path / "data").exists()


def test_the_whole_catalogue_holds(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with SimulatedFeedServer(default_world(), lambda: SUMMER_NOON) as server:
        monkeypatch.setenv("QUEUE_TIMES_URL", server.url)
        status, out, _ = call("doctor", "--feed")
    assert status == 0, out
    assert "70 of 70" in line_of("parks answer", out)


def test_no_database_is_needed(
    call: Call, present_feed: SimulatedFeedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://park:pa55@127.0.0.1:9/away")
    assert call("doctor", "--feed")[0] == 0
    assert list(tmp_path.rglob("*.sqlite")) == []


@pytest.mark.parametrize(
    ("quirk", "names"),
    [
        ("3:empty", {"payloads filled"}),
        ("3:odd=0.3", {"entries"}),
        ("3:duplicates", {"ids in a park", "closed means no wait"}),  # the copy is closed, with the wait
        ("3:null_wait", {"nothing null"}),
        ("3:wait995=1", {"waits"}),
        ("3:closed_wait=1", {"closed means no wait"}),
        ("3:future", {"stamps not ahead"}),
        ("*:stale=0.5", {"left open"}),
        ("3:html", {"parks answer"}),
        ("3:wrong_top", {"parks answer"}),
        ("3:truncated", {"parks answer"}),
        ("3:gone,4:error=1", {"parks answer"}),
        ("3:huge", {"parks answer"}),
    ],
)
def test_each_oddity_breaks_what_it_should_and_nothing_else(
    call: Call, present_feed: SimulatedFeedServer, quirk: str, names: set[str]
) -> None:
    present_feed.set_quirks(parse_quirks(quirk))
    status, out, _ = call("doctor", "--feed")
    assert status == 1
    assert broken(out) == names, out


def test_a_park_that_fails_is_named_and_the_others_are_reported(
    call: Call, present_feed: SimulatedFeedServer
) -> None:
    present_feed.set_quirks(parse_quirks("3:html,9:error=1"))
    status, out, _ = call("doctor", "--feed")
    assert status == 1
    assert "68 of 70" in line_of("parks answer", out)
    _, _, below = out.partition("Nothing was heard of:\n")
    assert below.splitlines()[0] == "  Park 3 (3): $: a page instead of JSON"
    assert below.splitlines()[1].startswith("  Park 9 (9): HTTP 500")
    assert "68 payloads" in line_of("payloads filled", out)


def test_a_feed_that_is_away_is_broken_and_said_so(call: Call, feed_is_away: str) -> None:
    status, out, _ = call("doctor", "--feed")
    assert status == 1
    assert verdicts(out) == {"park list": "BROKEN"}
    assert f"Feed: {feed_is_away}" in out
    assert "no connection" in line_of("park list", out)


def test_a_list_that_is_none_leaves_the_parks_that_we_know(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKED_PARKS", "5,6")
    with SimulatedFeedServer(
        default_world(), lambda: SUMMER_NOON, quirks=parse_quirks("list:html")
    ) as server:
        monkeypatch.setenv("QUEUE_TIMES_URL", server.url)
        status, out, _ = call("doctor", "--feed")
    assert status == 1
    assert broken(out) == {"park list"}
    assert "a page instead of JSON" in line_of("park list", out)
    assert "2 of 2" in line_of("parks answer", out)


def test_the_settings_choose_the_parks_as_for_collect(
    call: Call, present_feed: SimulatedFeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKED_PARKS", "3,9")
    status, out, _ = call("doctor", "--feed")
    assert status == 0, out
    assert "2 of 2" in line_of("parks answer", out)
    assert verdicts(out)["parks tracked"] == "not seen"
    assert "Tracked: TRACKED_PARKS=3,9" in out


def test_settings_that_track_nobody_are_told(
    call: Call, present_feed: SimulatedFeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKED_CONTINENTS", "Europe")
    status, out, _ = call("doctor", "--feed")
    assert status == 1
    assert "no park is tracked: check TRACKED_CONTINENTS" in out


def test_at_night_there_is_no_share_of_zero_waits_to_judge(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = datetime(2026, 7, 5, 10, tzinfo=UTC)
    monkeypatch.setattr("park_downtime.clock.utc_now", lambda: night)
    with SimulatedFeedServer(synthetic_world(70, 20), lambda: night) as server:
        monkeypatch.setenv("QUEUE_TIMES_URL", server.url)
        status, out, _ = call("doctor", "--feed")
    assert status == 0, out
    assert verdicts(out)["zero waits"] == "not seen"


def test_a_feed_that_has_stood_still_for_hours_is_broken(
    call: Call, present_feed: SimulatedFeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("park_downtime.clock.utc_now", lambda: SUMMER_NOON + timedelta(hours=3))
    status, out, _ = call("doctor", "--feed")
    assert status == 1
    assert broken(out) == {"stamps fresh"}
    assert "worst 3.1 h" in line_of("stamps fresh", out)


def test_a_second_look_after_a_moment(call: Call, present_feed: SimulatedFeedServer) -> None:
    status, out, err = call("doctor", "--feed", "--wait", "1")
    assert status == 0, out
    assert "0 of 3 parks after 1 s" in line_of("stamps move", out)
    assert "Looking again in 1 s" in err


def test_a_password_in_the_address_is_not_kept(
    call: Call, present_feed: SimulatedFeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = present_feed.url.replace("http://", "http://me:pa55@")
    monkeypatch.setenv("QUEUE_TIMES_URL", address)
    _, out, _ = call("doctor", "--feed")
    assert "pa55" not in out


def test_wait_wants_feed(call: Call) -> None:
    status, _, err = call("doctor", "--wait", "60")
    assert status == 2
    assert "--wait belongs to --feed" in err


def test_a_machine_that_is_told_not_to_ask_does_not(
    call: Call, present_feed: SimulatedFeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECT_ENABLED", "false")
    status, out, err = call("doctor", "--feed")
    assert (status, out) == (1, "")
    assert "COLLECT_ENABLED is false" in err
