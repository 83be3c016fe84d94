"""Days drawn by hand: `day("ooXXoo", "oooooo")` is two rides, one character a cycle of ten minutes.

Readings: `o` open, `X` closed, `.` unknown; `!` the cycle failed to hear of the park, `-` there was
no cycle. Judged time is drawn back with one letter a kind: `o` open, `D` outage (down), `G` ongoing,
`L` late opening, `l` late start, `E` early close, `e` did not reopen, `N` did not operate, `S` park
stop, `.` unknown. Blanks say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from park_downtime.model import State, StretchKind
from park_downtime.periods import Zone, local_date
from park_downtime.statistics.days import ParkDay, RideLife, park_day
from park_downtime.timeline.as_of import park_runs_as_of, runs_as_of
from park_downtime.timeline.closures import RideSession, judge_ride
from park_downtime.timeline.judge import JudgedSession, judge
from park_downtime.timeline.known import known_in
from park_downtime.timeline.running import LargestInLookback, always_open_spans, covers, park_activity
from park_downtime.timeline.runs import KnownReading, ParkReading, ParkRun, Run, fold, fold_park
from park_downtime.timeline.sessions import Session, sessions

CYCLE = timedelta(minutes=10)
HOUR = 6  # cycles: "o" * 2 * HOUR is two hours open
NEW_YORK = Zone("America/New_York")
DAY = date(2026, 7, 1)
MIDNIGHT = datetime(2026, 7, 1, 4, tzinfo=UTC)  # of DAY, in New York
STATES = {"o": State.OPEN, "X": State.CLOSED, ".": State.UNKNOWN}
LETTERS = {
    StretchKind.OPEN: "o",
    StretchKind.OUTAGE: "D",
    StretchKind.ONGOING: "G",
    StretchKind.LATE_START: "l",
    StretchKind.LATE_OPENING: "L",
    StretchKind.DID_NOT_REOPEN: "e",
    StretchKind.EARLY_CLOSE: "E",
    StretchKind.DID_NOT_OPERATE: "N",
    StretchKind.PARK_STOP: "S",
    StretchKind.UNKNOWN: ".",
}


def clock(text: str) -> datetime:
    """The instant at which it is `text` on DAY in New York; `25:30` is in the night that follows."""
    hours, minutes = text.split(":")
    return MIDNIGHT + timedelta(hours=int(hours), minutes=int(minutes))


def readings(
    picture: str,
    ride_id: int = 1,
    start: datetime = MIDNIGHT,
    zone: str | Zone = NEW_YORK,
    wait: int | None = None,
    every: timedelta = CYCLE,
) -> list[KnownReading]:
    """The known readings of one ride; `wait` is said by each open one."""
    found = []
    for place, letter in enumerate(_plain(picture)):
        at = start + place * every
        state = STATES.get(letter, State.UNKNOWN)
        if state is not State.UNKNOWN:
            minutes = wait if state is State.OPEN else None
            seconds = int(every.total_seconds())
            found.append(KnownReading(ride_id, at, local_date(at, zone), seconds, state, minutes))
    return found


def runs(picture: str, start: datetime = MIDNIGHT, every: timedelta = CYCLE) -> list[Run]:
    """One ride's runs."""
    return fold(readings(picture, start=start, every=every), unheard(picture, start, every))


def unheard(picture: str, start: datetime = MIDNIGHT, every: timedelta = CYCLE) -> list[datetime]:
    return [start + place * every for place, letter in enumerate(_plain(picture)) if letter == "!"]


def park_runs(picture: str, start: datetime = MIDNIGHT, zone: str | Zone = NEW_YORK) -> list[ParkRun]:
    """A park's runs; here `R` is read as running, `S` as not running."""
    said = [
        ParkReading(at, local_date(at, zone), 600, letter == "R")
        for place, letter in enumerate(_plain(picture))
        if letter in "RS"
        for at in [start + place * CYCLE]
    ]
    return fold_park(said, unheard(picture, start))


def session_of(
    park: str, is_open: bool = False, start: datetime = MIDNIGHT, every: timedelta = CYCLE
) -> Session:
    """A session that is given, not found: `R` the park runs, `S` it stands still, `.` nobody knows."""
    plain = _plain(park)
    return Session(
        started_at=start,
        ends_at=start + len(plain) * every,
        last_running_at=start + plain.rindex("R") * every,
        is_open=is_open,
        is_settled=not is_open,
        running=tuple(_spans(plain, "R", start, every)),
        stops=tuple(_spans(plain, "S", start, every)),
    )


def ride_in_session(
    picture: str,
    park: str | None = None,
    is_open: bool = False,
    ride_id: int = 1,
    every: timedelta = CYCLE,
    quiet_at: int | None = None,
) -> RideSession:
    """One ride judged in a session as long as its picture, in which the park ran unless `park` says, and
    of whose waits none was alive after the one at place `quiet_at`.
    """
    plain = _plain(picture)
    session = session_of(park or "R" * len(plain), is_open, every=every)
    if quiet_at is not None:
        session = replace(session, quiet_since=session.started_at + quiet_at * every)
    now = session.ends_at if is_open else session.ends_at + timedelta(days=1)
    own = fold(readings(plain, ride_id, every=every), unheard(plain, every=every))
    return judge_ride(ride_id, session, known_in(session, own, now))


def drawn(ride: RideSession) -> str:
    """What each ten minutes of the session were judged to be."""
    return "".join(
        LETTERS[stretch.kind] * round((stretch.end - stretch.start) / CYCLE) for stretch in ride.stretches
    )


def judged(picture: str, park: str | None = None, is_open: bool = False, quiet_at: int | None = None) -> str:
    return drawn(ride_in_session(picture, park, is_open, quiet_at=quiet_at))


@dataclass(frozen=True)
class Drawn:
    """A park drawn ride by ride: its readings, and what the rules make of them, in the end or at `now`."""

    zone: Zone
    readings: list[KnownReading]
    runs: dict[int, list[Run]]
    park_runs: list[ParkRun]
    last_cycle: datetime
    observed_since: datetime

    def sessions(self, now: datetime | None = None) -> list[Session]:
        at = now or self.over
        return sessions(park_runs_as_of(self.park_runs, at), at, self.observed_since)

    def judged(self, now: datetime | None = None) -> list[JudgedSession]:
        at = now or self.over
        known = {ride_id: runs_as_of(own, at) for ride_id, own in self.runs.items()}
        return judge(self.sessions(at), known, sorted(known), at)

    def day(self, day: date = DAY, now: datetime | None = None) -> ParkDay:
        lives = [RideLife(ride_id, self.observed_since) for ride_id in self.runs]
        was_reached = any(run.local_date == day for run in self.park_runs)
        return park_day(day, self.zone, self.judged(now), lives, self.runs, was_reached)

    def days(self, *days: date) -> list[ParkDay]:
        return [self.day(day) for day in days]

    @property
    def over(self) -> datetime:
        """So late that nothing can change any more."""
        return self.last_cycle + timedelta(hours=12)


def day(
    *pictures: str,
    start: datetime = MIDNIGHT,
    zone: str | Zone = NEW_YORK,
    observed_since: datetime | None = None,
) -> Drawn:
    """Rides 1, 2, 3... of one park from `start` on, all counted; `!` and `-` are said by the first."""
    zone = Zone(zone) if isinstance(zone, str) else zone
    plain = [_plain(picture) for picture in pictures]
    if len({len(picture) for picture in plain}) != 1:
        raise ValueError(f"rides of different lengths: {[len(picture) for picture in plain]}")
    said = [
        reading
        for number, picture in enumerate(plain, start=1)
        for reading in readings(picture, number, start, zone)
    ]
    missed = unheard(plain[0], start)
    by_ride: dict[int, list[Run]] = {number: [] for number in range(1, len(plain) + 1)}
    for run in fold(said, missed):
        by_ride[run.ride_id].append(run)
    return Drawn(
        zone=zone,
        readings=said,
        runs=by_ride,
        park_runs=fold_park(_park_readings(plain, by_ride, start, zone), missed),
        last_cycle=start + (len(plain[0]) - 1) * CYCLE,
        observed_since=observed_since or start,
    )


def _park_readings(
    pictures: Sequence[str], by_ride: dict[int, list[Run]], start: datetime, zone: Zone
) -> Iterable[ParkReading]:
    never_closing = {ride_id: always_open_spans(own) for ride_id, own in by_ride.items()}
    largest = LargestInLookback()
    for place, letters in enumerate(zip(*pictures, strict=True)):
        if letters[0] in "!-":
            continue
        at = start + place * CYCLE
        said = [(number, STATES[letter], None) for number, letter in enumerate(letters, start=1)]
        always = {ride_id for ride_id, spans in never_closing.items() if covers(spans, at)}
        activity = park_activity(said, always, largest.before(at))
        largest.add(at, activity.running_count)
        yield ParkReading(at, local_date(at, zone), 600, activity.is_running)


def _spans(
    picture: str, letter: str, start: datetime, every: timedelta
) -> Iterable[tuple[datetime, datetime]]:
    place = 0
    while (begin := picture.find(letter, place)) >= 0:
        place = begin
        while place < len(picture) and picture[place] == letter:
            place += 1
        yield start + begin * every, start + place * every


def _plain(picture: str) -> str:
    return picture.replace(" ", "")
