"""Part 4: every recording of the real feed through replay and nights, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from benchmarks.accuracy.park_figures import CLOSED_KINDS, ParkFigures, figures
from benchmarks.accuracy.replayed import replayed
from benchmarks.accuracy.suspects import report_suspects
from benchmarks.accuracy.tables import Report, hours, minutes, percent
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks
from park_downtime.model import StretchKind
from park_downtime.timeline.closures import Closure

LONGEST = 10


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder of recordings, the cadence that it was made at, and what is odd about it."""

    folder: str
    interval_minutes: int


RECORDINGS = (
    Recorded("disneyland_paris_2026_04", 5),
    Recorded("disneyland_paris_2026_08", 15),
    Recorded("gardaland_2025_2026", 15),
    Recorded("universal_orlando_2025_08", 20),
    Recorded("universal_orlando_2025_12", 44),
    Recorded("universal_orlando_2026", 60),
    Recorded("alton_thorpe_2025", 33),
    Recorded("wdw_2026_07", 120),
)


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
    _apart(report, everything)
    report_suspects(report, {each.place: each.suspects for each in everything})


def _table(report: Report, everything: list[ParkFigures]) -> None:
    report.say("Shares of the known ride-minutes in sessions:")
    report.table(
        (
            "recording, park",
            "days",
            "closed",
            "did not operate",
            "late opening",
            "late start",
            "did not reopen",
            "early close",
            "outage",
            "outages per operated ride-day",
            "park stop, share of sessions",
            "coverage",
        ),
        [
            (
                each.place,
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


def _apart(report: Report, everything: Iterable[ParkFigures]) -> None:
    report.say(
        "Called at the edges of days, closed with the park, and long outages that rest on one reading:"
    )
    report.table(
        (
            "recording, park",
            "operated ride-days",
            "with a late start",
            "that did not reopen",
            "outages, h",
            "closed with the park instead, h",
            "outages of two hours or more, h",
            "of them with a single reading on one side, h",
            "share of all outages",
        ),
        [
            (
                each.place,
                f"{each.ride_days:,}",
                *(
                    _with_share(each.edges.ride_days[kind], each.ride_days)
                    for kind in (StretchKind.LATE_START, StretchKind.DID_NOT_REOPEN)
                ),
                hours(each.parts.downtime_seconds),
                hours(each.edges.wave_seconds),
                _number_and_hours(each.long_outages.everything),
                _number_and_hours(each.long_outages.flanked),
                percent(_seconds(each.long_outages.flanked), each.parts.downtime_seconds),
            )
            for each in everything
        ],
    )
    for what, of_park in (("calls", _calls), ("that rest on a single reading", _flanked)):
        for each in everything:
            if found := of_park(each):
                report.say(f"{each.place}, the {LONGEST} longest {what}:", *_longest(each, found))


def _calls(park: ParkFigures) -> list[Closure]:
    return park.edges.calls


def _flanked(park: ParkFigures) -> list[Closure]:
    return park.long_outages.flanked


def _number_and_hours(closures: Sequence[Closure]) -> str:
    return f"{hours(_seconds(closures))} ({len(closures)})" if closures else "0.0"


def _with_share(part: int, whole: int) -> str:
    return f"{part} ({percent(part, whole)})" if part else "0"


def _seconds(closures: Iterable[Closure]) -> int:
    return sum(closure.seconds for closure in closures)


def _longest(park: ParkFigures, closures: Iterable[Closure]) -> list[str]:
    """The longest first, in the park's own time."""
    lines = []
    for each in sorted(closures, key=lambda closure: -closure.seconds)[:LONGEST]:
        start, end = (at.astimezone(park.zone) for at in (each.started_at, each.ended_at))
        due = "" if each.due is None else f", due {each.due.astimezone(park.zone):%H:%M}"
        lines.append(
            f"- {park.ride_names[each.ride_id]}, {start:%d %b %Y %H:%M} to {end:%H:%M}{due}: {each.kind}, "
            f"{minutes(each.seconds)} min"
        )
    return lines
