"""`report`: parks and rides ranked by downtime, from a made-up week."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from park_downtime import clock
from park_downtime.api.app import create_app
from park_downtime.commands.demo_settings import demo_database
from park_downtime.config import settings
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.schema import migrate
from park_downtime.database.statistics_tables import data_version
from park_downtime.database.tables import collection_cycles, park_runs, ride_runs
from park_downtime.periods import Zone, start_of_day
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.worlds import synthetic_world

Call = Callable[..., tuple[int, str, str]]

NOW = datetime(2026, 7, 12, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Nine days of two invented parks of six rides each."""
    url = f"sqlite:///{tmp_path_factory.mktemp('week') / 'week.sqlite'}"
    engine = make_engine(url)
    migrate(engine)
    backfill(engine, synthetic_world(2, 6), NOW.date() - timedelta(days=9), NOW)
    engine.dispose()
    return url


@pytest.fixture(autouse=True)
def at_noon(week: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", week)
    monkeypatch.setattr(clock, "utc_now", lambda: NOW)


def rows(out: str, kind: str) -> list[list[str]]:
    """The cells of each row but its range; the first is the rank, `-` for what ran too little to have one."""
    cells = [line.split() for line in out.splitlines()]
    named = [[row[0], *row[row.index(kind) :]] for row in cells if kind in row[1:3]]
    return [row for row in named if len(row) > 5 and row[2].isdigit()]


def ranges(out: str, kind: str) -> list[tuple[int, str]]:
    """Rank and range of each ranked row."""
    cells = [line.split() for line in out.splitlines()]
    return [(int(row[0]), row[1]) for row in cells if row[2:3] == [kind] and row[0].isdigit()]


def test_every_park_and_ride_of_the_week_is_listed(call: Call) -> None:
    status, out, _ = call("report", "--period", "7days")
    assert status == 0
    assert out.startswith("7 days, as of 2026-07-12 17:50 UTC\n")
    assert sorted(row[1:3] for row in rows(out, "Park")) == [
        ["Park", "1"],
        ["Park", "2"],
    ]
    assert len(rows(out, "Ride")) == 12
    assert out.endswith(
        "2 of 2 parks, 12 of 12 counted rides.\n"
        "Simulated data: these figures are made up and say nothing of real parks and rides.\n"
        "Data powered by Queue-Times.com - https://queue-times.com\n"
    )


def test_the_most_downtime_comes_first(call: Call) -> None:
    _, out, _ = call("report", "--period", "7days")
    hours = [float(row[3]) for row in rows(out, "Ride") if row[0] != "-"]
    assert hours == sorted(hours, reverse=True)
    assert hours[0] > 0


def test_a_rank_says_from_where_to_where_it_lies(call: Call) -> None:
    _, out, _ = call("report", "--period", "7days")
    assert [rank for rank, _ in ranges(out, "Park")] == [1, 2]
    assert len(ranges(out, "Ride")) == len([row for row in rows(out, "Ride") if row[0] != "-"])
    for rank, between in ranges(out, "Ride"):
        low, high = map(int, between.split("-"))
        assert 1 <= low <= rank <= high <= 12
    assert any(between != f"{rank}-{rank}" for rank, between in ranges(out, "Ride"))


@pytest.mark.parametrize("asked", [("--period", "today"), ("--period", "7days", "--park", "1")])
def test_of_today_and_of_single_parks_it_does_not(call: Call, asked: tuple[str, ...]) -> None:
    _, out, _ = call("report", *asked)
    assert "Range" not in out
    assert ranges(out, "Park") == ranges(out, "Ride") == []
    assert rows(out, "Ride") != []


def test_the_limit_cuts_both_lists(call: Call) -> None:
    _, out, _ = call("report", "--period", "7days", "--limit", "1")
    assert len(rows(out, "Ride")) == 1
    assert "1 of 2 parks, 1 of 12 counted rides." in out


def test_one_park_comes_with_its_own_rides(call: Call) -> None:
    _, out, _ = call("report", "--period", "7days", "--park", "2")
    assert {int(row[2]) for row in rows(out, "Ride")} == {7, 8, 9, 10, 11, 12}


def test_an_earlier_moment_is_told_as_it_stood(call: Call) -> None:
    _, out, _ = call("report", "--as-of", "2026-07-10T20:00")
    assert out.startswith("Today, as of 2026-07-10 20:00 UTC\n")


def test_answers_older_than_they_hold_are_called_stale(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "utc_now", lambda: NOW + timedelta(hours=1))
    _, out, _ = call("report")
    assert out.splitlines()[0].endswith("stale: nothing newer is known")


def test_what_is_down_is_unknown_then_and_not_zero(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(row[-1].isdigit() for row in rows(call("report")[1], "Park"))
    monkeypatch.setattr(clock, "utc_now", lambda: NOW + timedelta(hours=1))
    assert {row[-1] for row in rows(call("report")[1], "Park")} == {"-"}


def test_hours_of_what_was_not_observed_are_unknown_and_not_zero(call: Call) -> None:
    # Midnight has passed in the east, where nothing has opened yet; in the west it is still yesterday.
    _, out, _ = call("report", "--as-of", "2026-07-12T05:10")
    assert [row[3] for row in rows(out, "Park")] == ["1.5", "-"]


def test_an_unknown_period_is_wrong_usage(call: Call) -> None:
    assert call("report", "--period", "week")[0] == 2


def test_before_any_cycle_there_is_nothing_to_rank(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    call("migrate")
    status, out, err = call("report")
    assert (status, out) == (1, "")
    assert err == (
        f"Error: No data: nothing has been collected in sqlite:///{tmp_path / 'empty.sqlite'}: "
        "`park-downtime run` collects\n"
    )


def test_a_database_that_is_not_there_has_no_data_and_is_not_made(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    status, _, err = call("report")
    assert status == 1
    assert err.count("\n") == 1
    assert not (tmp_path / "none.sqlite").exists()


def test_the_demo_is_pointed_at_and_can_be_asked(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, week: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    status, _, err = call("report", "--demo")
    assert (status, "start `park-downtime demo` first" in err) == (1, True)
    shutil.copyfile(week.removeprefix("sqlite:///"), demo_database())
    status, _, err = call("report")
    assert (status, err.endswith("those of the demo: park-downtime report --demo\n")) == (1, True)
    status, out, _ = call("report", "--demo")
    assert status == 0
    assert len(rows(out, "Park")) == 2


@pytest.fixture
def pruned(week: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same week long after: cycles and runs of its first six days are gone, their statistics not."""
    file = tmp_path / "pruned.sqlite"
    shutil.copyfile(week.removeprefix("sqlite:///"), file)
    url = f"sqlite:///{file}"
    engine = make_engine(url)
    first_kept = date(2026, 7, 9)
    with writing(engine) as connection:
        for table, column in (
            (ride_runs, ride_runs.c.local_date),
            (park_runs, park_runs.c.local_date),
            (collection_cycles, collection_cycles.c.recorded_at),
        ):
            bound = start_of_day(first_kept, Zone("UTC")) if table is collection_cycles else first_kept
            connection.execute(delete(table).where(column < bound))
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", url)
    return url


WHOLE_DAYS = "Runs are kept from 2026-07-09 on: of this moment only whole closed days are known."


def test_a_moment_before_what_is_kept_shows_whole_closed_days_and_says_so(call: Call, pruned: str) -> None:
    _, out, _ = call("report", "--period", "7days", "--as-of", "2026-07-08T18:00")
    assert out.splitlines()[:2] == ["7 days, as of 2026-07-08 18:00 UTC", WHOLE_DAYS]
    assert len(rows(out, "Ride")) == 12
    assert sum(float(row[3]) for row in rows(out, "Ride")) > 0


def test_the_day_of_such_a_moment_is_not_known(call: Call, pruned: str) -> None:
    _, out, _ = call("report", "--as-of", "2026-07-08T18:00")
    assert [row[0] for row in rows(out, "Ride")] == ["-"] * 12


def test_such_a_moment_adds_up_to_what_was_told_when_it_was_kept(
    call: Call, week: str, pruned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for early in the morning, when the day itself has nothing yet."""
    asked = ("report", "--period", "7days", "--as-of", "2026-07-08T09:00")
    _, later, _ = call(*asked)
    monkeypatch.setenv("DATABASE_URL", week)
    _, before, _ = call(*asked)
    assert [row[:7] for row in rows(later, "Ride")] == [row[:7] for row in rows(before, "Ride")]


def test_the_live_table_of_such_a_moment_is_unknown_and_says_why(call: Call, pruned: str) -> None:
    _, out, _ = call("report", "--live", "--as-of", "2026-07-08T18:00")
    assert out.splitlines()[:2] == ["As of 2026-07-08 18:00 UTC", WHOLE_DAYS]
    assert "unknown" in next(line for line in out.splitlines() if line.startswith("Park 1 "))


@pytest.mark.parametrize("live", [(), ("--live",)])
def test_before_the_first_day_there_is_nothing(call: Call, pruned: str, live: tuple[str, ...]) -> None:
    status, _, err = call("report", *live, "--as-of", "2026-01-08T18:00")
    assert status == 1
    assert err == "Error: No data: nothing had been collected by 2026-01-08 18:00 UTC.\n"


def test_the_api_of_such_a_moment_has_whole_days_and_no_status(pruned: str) -> None:
    engine = make_engine(pruned)
    as_of = datetime(2026, 7, 8, 18, tzinfo=UTC)
    client = create_app(settings.load(), engine, as_of=as_of).test_client()
    answer = client.get("/api/rides/downtime?period=7days").get_json()
    assert (answer["last_updated"], answer["stale"]) == ("2026-07-08T18:00:00Z", False)
    assert sum(row["downtime_hours"] for row in answer["data"]) > 0
    assert {row["current_status"] for row in answer["data"]} == {"Unknown"}
    today = client.get("/api/rides/downtime?period=today").get_json()
    assert {row["downtime_hours"] for row in today["data"]} == {None}
    engine.dispose()


def test_the_api_of_an_earlier_moment_of_made_up_history_knows_what_runs(week: str) -> None:
    engine = make_engine(week)
    at_noon = datetime(2026, 7, 10, 18, tzinfo=UTC)
    client = create_app(settings.load(), engine, as_of=at_noon).test_client()
    answer = client.get("/api/parks/downtime").get_json()
    assert [row["is_open_now"] for row in answer["data"]] == [True, True]
    down = client.get("/api/now").get_json()["total_count"]
    assert answer["aggregate_stats"]["currently_down_rides"] == down
    said = client.get("/api/parks/1/details").get_json()["data"]["current_status"]
    assert said["is_open_now"] is True
    assert said["rides_open"] + said["rides_down"] + said["rides_closed"] == 6
    engine.dispose()


def test_real_data_are_not_called_simulated(
    call: Call, monkeypatch: pytest.MonkeyPatch, week: str, tmp_path: Path
) -> None:
    shutil.copyfile(week.removeprefix("sqlite:///"), tmp_path / "real.sqlite")
    engine = make_engine(f"sqlite:///{tmp_path / 'real.sqlite'}")
    with writing(engine) as connection:
        connection.execute(update(data_version).values(is_simulated=None))
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    engine.dispose()
    _, out, _ = call("report", "--period", "7days")
    assert "2 of 2 parks" in out
    assert "Simulated" not in out
