"""What is remembered of a park when it is judged: its runs since a day, its rides' lives, its zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.corrections import voided_since
from park_downtime.database.cycles import cycles_since
from park_downtime.database.doubts import Heard, doubts_since, last_heard
from park_downtime.database.park_past import ParkPast
from park_downtime.database.parks import ParkRow
from park_downtime.database.rides import RideRow, lives_in, rides_of
from park_downtime.database.runs import first_day_with_runs, park_runs_since, runs_since
from park_downtime.database.sessions import SessionRow, session_across
from park_downtime.periods import DAY, Zone, day_range, days_touched, local_date, start_of_day
from park_downtime.statistics.days import ParkDay, RideLife, park_day
from park_downtime.timeline.doubts import Doubt, believed_park_runs, believed_runs
from park_downtime.timeline.judge import JudgedSession, judge
from park_downtime.timeline.running import LOOKBACK
from park_downtime.timeline.runs import ParkRun, Run
from park_downtime.timeline.sessions import Session, sessions
from park_downtime.timeline.spans import within
from park_downtime.timeline.voided import Voided, known_park_runs, known_runs, unknown_spans


@dataclass(slots=True)
class ParkHistory:
    """Runs are by ride and in time order; they reach back to `first_day` and a look-back before it.

    They hold what the feed said; a park is judged by what is believed of it.
    """

    park_id: int
    zone: Zone
    first_day: date
    lives: dict[int, RideLife]
    runs: dict[int, list[Run]]
    park_runs: list[ParkRun]
    doubts: list[Doubt] = field(default_factory=list)
    heard: Heard | None = None  # the last time
    voided: list[Voided] = field(default_factory=list)
    cycles: list[datetime] = field(default_factory=list)  # of the runs, where a stretch is voided
    rides: Mapping[int, RideRow] = field(default_factory=dict)  # the park's, and all that have runs in it

    @property
    def loaded_from(self) -> datetime:
        """Before it nothing of the runs is known here."""
        first = min((run.local_date for run in self.park_runs), default=self.first_day)
        return start_of_day(min(first, self.first_day), self.zone) - LOOKBACK

    @property
    def believed(self) -> dict[int, list[Run]]:
        """What the rides said, without what is doubted or was made unknown."""
        runs = self.runs
        if self.doubts:
            runs = {ride_id: believed_runs(own, self.doubts) for ride_id, own in runs.items()}
        if self.voided:
            runs = {
                ride_id: known_runs(own, unknown_spans(self.voided, ride_id), self.cycles)
                for ride_id, own in runs.items()
            }
        return runs

    @property
    def believed_park_runs(self) -> list[ParkRun]:
        runs = believed_park_runs(self.park_runs, self.doubts) if self.doubts else self.park_runs
        return known_park_runs(runs, unknown_spans(self.voided), self.cycles) if self.voided else runs

    @property
    def observed_since(self) -> datetime | None:
        return min((life.first_seen for life in self.lives.values()), default=None)

    def is_partial(self, day: date) -> bool:
        """The first day of observation is, unless it was observed from its first instant."""
        since = self.observed_since
        if since is None or local_date(since, self.zone) != day:
            return False
        return since > start_of_day(day, self.zone)

    def sessions_at(self, now: datetime) -> list[Session]:
        """The sessions that touch `first_day` or a later one, as they stand at `now`."""
        start = start_of_day(self.first_day, self.zone)
        quiet_since = None if self.heard is None else self.heard.quiet_since
        return [
            replace(session, quiet_since=quiet_since) if session.is_open else session
            for session in sessions(
                self.believed_park_runs, now, self.observed_since, unknown_spans(self.voided)
            )
            if session.ends_at > start or any(end > start for _, end in session.gaps)
        ]

    def judge(self, judgeable: Sequence[Session], now: datetime) -> list[JudgedSession]:
        return judge(judgeable, self.believed, self.lives.keys(), now, self.voided)

    def days(self, wanted: Sequence[date], judged: Sequence[JudgedSession]) -> list[ParkDay]:
        """The rows of the wanted days, from `first_day` on, out of the sessions that touch them."""
        believed = self.believed
        return [
            park_day(day, self.zone, judged, self.lives.values(), believed, self.was_reached(day))
            for day in wanted
        ]

    def was_observed(self, day: date) -> bool:
        """Whether a ride of the park had been seen before the day's end, or the park was heard on it."""
        since = self.observed_since
        return (since is not None and since < day_range(day, self.zone)[1]) or self.was_reached(day)

    def was_reached(self, day: date) -> bool:
        return any(run.local_date == day for run in self.park_runs)


@dataclass(frozen=True, slots=True)
class Known:
    """What a cycle has read of a park already: its past, its newest sessions and its own rides."""

    past: ParkPast | None = None
    sessions: Sequence[SessionRow] | None = None
    rides: Mapping[int, RideRow] | None = None


NOTHING = Known()


def load(
    connection: Connection,
    park: ParkRow,
    first_day: date,
    last_day: date | None = None,
    known: Known = NOTHING,
) -> ParkHistory:
    """All that is needed to judge the park's days from `first_day` on; what is known is not asked again."""
    zone = park.zone
    start = start_of_day(first_day, zone)
    load_from = min(first_day, local_date(start - LOOKBACK, zone))
    # A session that crosses into the first day is judged from its own beginning.
    earlier = session_across(connection, park.park_id, start, known.sessions)
    if earlier is not None:
        load_from = min(load_from, local_date(earlier.started_at - LOOKBACK, zone))
    runs = runs_since(connection, park.park_id, load_from, last_day)
    rides = rides_of(connection, park.park_id, also=runs, own=known.rides)
    since = start_of_day(load_from, zone)
    past = known.past
    is_voided = past is None or past.may_be_voided(since)
    is_doubted = past is None or past.may_be_doubted(since)
    voided = voided_since(connection, park.park_id, since) if is_voided else []
    return ParkHistory(
        park_id=park.park_id,
        zone=zone,
        first_day=first_day,
        lives=lives_in(park.park_id, rides, zone),
        runs=runs,
        park_runs=park_runs_since(connection, park.park_id, load_from, last_day),
        doubts=doubts_since(connection, park.park_id, since) if is_doubted else [],
        heard=last_heard(connection, park.park_id) if past is None else past.heard,
        voided=voided,
        cycles=cycles_since(connection, since) if voided else [],
        rides=rides,
    )


def first_whole_day(connection: Connection, park: ParkRow) -> date:
    """The first day whose runs are kept, and those of a session that reaches into it from the evening
    before. The last of days where none are.
    """
    first = first_day_with_runs(connection, park.park_id)
    if first is None:
        return date.max
    reaches_in = session_across(connection, park.park_id, start_of_day(first, park.zone))
    return first if reaches_in is None else first + DAY


def touched_days(touching: Sequence[Session], zone: Zone, first_day: date) -> list[date]:
    """Local days from `first_day` on that a session or an expected gap has a part in."""
    days: set[date] = set()
    for session in touching:
        for start, end in (session.span, *session.gaps):
            days.update(day for day in days_touched(start, end, zone) if day >= first_day)
    return sorted(days)


def touches(session: Session, day: date, zone: Zone) -> bool:
    return bool(within([session.span, *session.gaps], *day_range(day, zone)))
