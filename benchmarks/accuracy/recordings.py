"""Part 4: every recording of the real feed through replay and nights, and what it adds up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from sqlalchemy import Connection

from benchmarks.accuracy.judged_days import judged_days
from benchmarks.accuracy.replayed import replayed
from benchmarks.accuracy.suspects import Suspects, report_suspects, suspects_of
from benchmarks.accuracy.tables import Report, percent
from park_downtime.database.engine import reading
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.statistics.measures import Measures, ParkMeasures

CLOSED_KINDS = (
    "did_not_operate_seconds",
    "late_opening_seconds",
    "early_close_seconds",
    "downtime_seconds",
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder of recordings, the cadence that it was made at, and what is odd about it."""

    folder: str
    interval_minutes: int


RECORDINGS = (
    Recorded("disneyland_paris_2026_04", 5),
    Recorded("disneyland_paris_2026_08", 15),
    Recorded("gardaland_2025_2026", 15),
    Recorded("universal_orlando_2025_12", 44),
    Recorded("universal_orlando_2026", 60),
    Recorded("alton_thorpe_2025", 33),
    Recorded("wdw_2026_07", 120),
)


@dataclass(slots=True)
class ParkFigures:
    """One park of one recording, added up over its local days."""

    park_id: int
    name: str
    folder: str
    days: int = 0
    ride_days: int = 0
    incidents: int = 0
    parts: Measures = field(default_factory=Measures)
    park: ParkMeasures = field(default_factory=ParkMeasures)
    suspects: Suspects = field(default_factory=Suspects)

    @property
    def known_seconds(self) -> int:
        """Ride-minutes in sessions of which something is known."""
        return self.parts.open_seconds + self.closed_seconds

    @property
    def closed_seconds(self) -> int:
        return sum(getattr(self.parts, name) for name in CLOSED_KINDS)


def figures(connection: Connection, park: ParkRow, folder: str) -> ParkFigures:
    found = ParkFigures(park.park_id, park.name, folder)
    suspects = suspects_of(connection, park)
    for day in judged_days(connection, park):
        if day.row.rides:
            found.days += 1
        for ride in day.row.rides.values():
            found.parts.add(ride.parts)
            found.ride_days += ride.parts.days_operated
        found.park.add(day.row.park)
        found.incidents += sum(outage.is_incident for outage in day.row.outages)
        suspects.look_at(day)
    found.suspects = suspects
    return found


def recording_files(shared: Path, recorded: Recorded) -> list[Path]:
    return sorted((shared / "recordings" / recorded.folder).glob("park_*.csv.gz"))


def recordings(report: Report, shared: Path) -> None:
    everything: list[ParkFigures] = []
    for recorded in RECORDINGS:
        files = recording_files(shared, recorded)
        if not files:
            continue
        started = monotonic()
        with replayed(files, recorded.interval_minutes, shared / "parks.json") as (engine, done, errors):
            seconds = monotonic() - started
            with reading(engine) as connection:
                parks = all_parks(connection)
                everything += [figures(connection, parks[id], recorded.folder) for id in done.parks]
        report.lines.append(
            f"- {recorded.folder}: {done.cycles:,} cycles at {recorded.interval_minutes} min, "
            f"{done.rows_written:,} rows, replayed in {seconds:.0f} s"
        )
        report.check(f"{recorded.folder}: every night closed, nothing went wrong", not errors, len(errors))
    report.lines.append("")
    _table(report, everything)
    report_suspects(report, {f"{each.folder}, {each.name}": each.suspects for each in everything})


def _table(report: Report, everything: list[ParkFigures]) -> None:
    report.say("Shares of the known ride-minutes in sessions:")
    report.table(
        (
            "recording, park",
            "days",
            "closed",
            "did not operate",
            "late opening",
            "early close",
            "outage",
            "outages per operated ride-day",
            "park stop, share of sessions",
            "coverage",
        ),
        [
            (
                f"{each.folder}, {each.name}",
                each.days,
                percent(each.closed_seconds, each.known_seconds),
                *(percent(getattr(each.parts, name), each.known_seconds) for name in CLOSED_KINDS),
                f"{each.incidents / each.ride_days:.2f}" if each.ride_days else "-",
                percent(each.park.park_stop_seconds, each.park.session_seconds),
                percent(
                    each.park.park_expected_seconds - each.park.park_unknown_seconds,
                    each.park.park_expected_seconds,
                ),
            )
            for each in everything
        ],
    )
