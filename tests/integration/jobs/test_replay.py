"""Recordings through the code of `collect`: judged alike, resumed, refused where time would go back."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cycles import NOON, RIDES, add_parks, after, count, park
from sqlalchemy import Engine

from park_downtime.collection import store
from park_downtime.collection.lock import LockHeld, collecting_alone
from park_downtime.collection.store import StoredCycle, store_cycle
from park_downtime.config.settings import load
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks
from park_downtime.database.rides import lands_of, rides_of
from park_downtime.database.runs import runs_since
from park_downtime.feed.recording import RecordingUnreadable
from park_downtime.jobs import replay as replay_module
from park_downtime.jobs.replay import ReplayRefused, ReplayReport, ReplayStopped, replay
from park_downtime.model import State

HEADER = "recorded_at,park_id,land,ride_id,ride_name,is_open,wait_time,last_updated\n"
PARKS = [
    {
        "id": 2,
        "name": "Disney",
        "parks": [
            {"id": 6, "name": "Magic Kingdom", "continent": "North America", "timezone": "America/New_York"}
        ],
    }
]


def row(minutes: int, ride_id: int, is_open: bool, wait: int = 10, park_id: int = 6, behind: int = 2) -> str:
    at, updated = after(minutes), after(minutes - behind)
    name = f'"Ride {ride_id}™, the 🎢"'
    said = f"{str(is_open).lower()},{wait if is_open else 0}"
    return f"{at.isoformat()},{park_id},Fantasyland,{ride_id},{name},{said},{updated.isoformat()}\n"


def saved(folder: Path, *rows: str, name: str = "park.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def run(engine: Engine, *files: Path, parks_file: Path | None = None, interval: int = 10) -> ReplayReport:
    return replay(engine, files, RIDES, load(), interval_minutes=interval, parks_file=parks_file)


HOUR = [row(minutes, ride_id, is_open=True) for minutes in range(0, 60, 10) for ride_id in (1, 2)]


def test_a_recording_becomes_cycles(engine: Engine, tmp_path: Path) -> None:
    add_parks(engine, park(6))
    report = run(engine, saved(tmp_path, *HOUR))
    assert (report.cycles, report.rows_written, report.first, report.last) == (6, 12, NOON, after(50))
    with reading(engine) as connection:
        assert rides_of(connection, 6)[1].name == "Ride 1™, the 🎢"
        assert [(land.land_id, land.name) for land in lands_of(connection, 6)] == [(None, "Fantasyland")]
        (first,) = runs_since(connection, 6, NOON.date())[1]
    assert (first.state, first.reading_count, first.interval_seconds) == (State.OPEN, 6, 600)


def test_recorded_rows_are_judged_as_a_payload_is(engine: Engine, tmp_path: Path) -> None:
    add_parks(engine, park(6))
    frozen = row(0, 2, is_open=True, behind=300)
    run(engine, saved(tmp_path, row(0, 1, is_open=True), frozen))
    with reading(engine) as connection:
        assert list(runs_since(connection, 6, NOON.date())) == [1]


def test_a_second_replay_skips_what_is_stored(engine: Engine, tmp_path: Path) -> None:
    add_parks(engine, park(6))
    file = saved(tmp_path, *HOUR)
    run(engine, file)
    report = run(engine, file)
    assert (report.cycles, report.cycles_skipped) == (0, 6)
    assert count(engine, "ride_status_snapshots") == 12


def test_an_interrupted_replay_goes_on_where_it_stopped(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_parks(engine, park(6))
    file = saved(tmp_path, *HOUR)
    left = [4]

    def interrupted(*arguments: object) -> StoredCycle:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return store_cycle(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(replay_module, "store_cycle", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(engine, file)
    report = run(engine, file)
    assert (report.cycles, report.cycles_skipped) == (3, 3)
    assert count(engine, "ride_status_snapshots") == 12


def test_another_park_of_the_same_times_can_follow(engine: Engine, tmp_path: Path) -> None:
    add_parks(engine, park(6), park(7))
    run(engine, saved(tmp_path, row(0, 1, is_open=True)))
    report = run(engine, saved(tmp_path, row(0, 2, is_open=True, park_id=7), name="other.csv"))
    assert (report.cycles, report.cycles_skipped, count(engine, "collection_cycles")) == (1, 0, 1)


def test_a_park_is_never_taken_back_in_time(engine: Engine, tmp_path: Path) -> None:
    add_parks(engine, park(6))
    run(engine, saved(tmp_path, row(60, 1, is_open=True)))
    with pytest.raises(ReplayRefused, match="park 6 was already heard up to 2026-05-03 17:00:00"):
        run(engine, saved(tmp_path, row(0, 1, is_open=True)))


def test_a_rejected_payload_is_counted_and_skipped_the_next_time(engine: Engine, tmp_path: Path) -> None:
    add_parks(engine, park(6))
    nameless = f"{after(0).isoformat()},6,,1,,true,5,\n"
    file = saved(tmp_path, nameless, row(10, 1, is_open=True))
    assert run(engine, file).parks_rejected == 1
    assert run(engine, file).cycles_skipped == 2


def test_a_park_that_cannot_be_stored_stops_the_replay_and_is_stored_by_the_next(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_parks(engine, park(6))
    file = saved(tmp_path, *HOUR)

    def mistaken(*_: object) -> None:
        raise ZeroDivisionError("a mistake of ours")

    with monkeypatch.context() as patched:
        patched.setattr(store, "record_readings", mistaken)
        with pytest.raises(ReplayStopped, match="park 6 at 2026-05-03 16:00:00: not stored: a mistake"):
            run(engine, file)
    assert run(engine, file).cycles == 6


def test_an_unknown_park_is_named_with_the_option_that_helps(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ReplayRefused, match=r"park 9999 of the recording is not known: .*--parks FILE"):
        run(engine, saved(tmp_path, row(0, 1, is_open=True, park_id=9999)))
    assert count(engine, "collection_cycles") == 0


def test_a_saved_list_makes_parks_known(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "parks.json").write_text(json.dumps(PARKS))
    run(engine, saved(tmp_path, *HOUR), parks_file=tmp_path / "parks.json")
    with reading(engine) as connection:
        known = all_parks(connection)[6]
    assert (known.name, known.is_tracked, known.timezone) == ("Magic Kingdom", True, "America/New_York")
    assert known.first_seen_at == NOON


def test_a_list_that_is_none_is_refused(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "parks.json").write_text("<html>")
    with pytest.raises(ReplayRefused, match="is no list of parks"):
        run(engine, saved(tmp_path, *HOUR), parks_file=tmp_path / "parks.json")


def test_nothing_is_stored_of_a_recording_with_an_error(engine: Engine, tmp_path: Path) -> None:
    add_parks(engine, park(6))
    with pytest.raises(RecordingUnreadable, match="line 14"):
        run(engine, saved(tmp_path, *HOUR, "soon,6,,1,Ride 1,true,5,\n"))
    assert count(engine, "collection_cycles") == 0


def test_a_collector_at_work_is_not_disturbed(sqlite_engine: Engine, tmp_path: Path) -> None:
    add_parks(sqlite_engine, park(6))
    with collecting_alone(load().spool_dir, "collect", NOON), pytest.raises(LockHeld):
        run(sqlite_engine, saved(tmp_path, *HOUR))


def test_the_time_of_each_stored_cycle_is_told(sqlite_engine: Engine, tmp_path: Path) -> None:
    add_parks(sqlite_engine, park(6))
    told: list[datetime] = []
    progress: list[tuple[int, int]] = []
    replay(
        sqlite_engine,
        [saved(tmp_path, *HOUR)],
        RIDES,
        load(),
        after_cycle=lambda _, at: told.append(at),
        progress=lambda done, of: progress.append((done, of)),
    )
    assert told == [NOON + timedelta(minutes=minutes) for minutes in range(0, 60, 10)]
    assert progress[-1] == (6, 6)


def test_a_park_of_our_own_reference_needs_no_list(engine: Engine, tmp_path: Path) -> None:
    run(engine, saved(tmp_path, row(0, 1, is_open=True, park_id=334)))
    with reading(engine) as connection:
        known = all_parks(connection)[334]
    assert (known.name, known.city, known.timezone) == (
        "Epic Universe",
        "Orlando",
        "America/New_York",
    )


def test_a_real_day_is_replayed(engine: Engine, shared_data: Path, tmp_path: Path) -> None:
    """Universal, 2025-12-30: three parks at equal times, frozen entries, ™ in names."""
    files = []
    for file in sorted((shared_data / "recordings" / "universal_orlando_2025_12").glob("*.csv.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            day = [line for line in lines if line.startswith(("recorded_at", "2025-12-30"))]
        files.append(tmp_path / file.name.removesuffix(".gz"))
        files[-1].write_text("".join(day), encoding="utf-8")
    report = run(engine, *files, parks_file=shared_data / "parks.json", interval=44)
    assert (report.parks, report.parks_rejected) == ((64, 65, 334), 0)
    assert report.rows_written == count(engine, "ride_status_snapshots") == sum(map(rows_in, files))


def rows_in(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines()) - 1
