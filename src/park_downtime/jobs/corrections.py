"""A stretch of a lying feed made unknown, and taken back: what `park-downtime void` does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from park_downtime.database.again import write_again
from park_downtime.database.corrections import (
    REASON_LENGTH,
    Correction,
    DaySeconds,
    add_correction,
    all_corrections,
    seconds_by_day,
    withdraw,
)
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.database.rides import rides_of
from park_downtime.database.runs import last_run_end
from park_downtime.database.version import bump_version
from park_downtime.judging.judge_corrected import judge_corrected
from park_downtime.judging.park_history import first_whole_day
from park_downtime.periods import DAY, local_date, start_of_day
from park_downtime.stretches.archive import StretchArchive
from park_downtime.timeline.voided import Voided

NOTHING = DaySeconds(0, 0, 0)


class CorrectionRefused(Exception):
    """It cannot be made, or not be taken back; the message says why."""


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """What the park's rides, or the one that is concerned, had on a local day before and after."""

    day: date
    before: DaySeconds
    after: DaySeconds


@dataclass(frozen=True, slots=True)
class Corrected:
    correction: Correction
    changed: list[ChangedDay]


def make_correction(
    engine: Engine,
    park_id: int,
    voided: Voided,
    reason: str,
    now: datetime,
    archive: StretchArchive | None = None,
) -> Corrected:
    """`archive`: where the stretches of days go that are closed again. Raises CorrectionRefused."""
    reason = " ".join(reason.split())
    if not reason:
        raise CorrectionRefused("say why with --reason: it is published beside the stretch")
    if len(reason) > REASON_LENGTH:
        raise CorrectionRefused(f"the reason has {len(reason)} characters, {REASON_LENGTH} at most")
    if voided.started_at >= voided.ended_at:
        raise CorrectionRefused("the stretch is empty: --from must lie before --to")
    if voided.ended_at > now:
        raise CorrectionRefused("--to lies in the future: what has not been read cannot be wrong yet")

    def make(connection: Connection) -> Corrected:
        park = _park(connection, park_id)
        _check_ride(connection, park, voided.ride_id)
        for other in all_corrections(connection):
            if other.withdrawn_at is None and (other.park_id, other.voided) == (park_id, voided):
                raise CorrectionRefused(f"correction {other.correction_id} says the same already")
        newest = _judgeable(connection, park, voided)
        correction_id = 0

        def change() -> None:
            nonlocal correction_id
            correction_id = add_correction(connection, park_id, voided, reason, now)
            judge_corrected(connection, park, voided, newest, now, archive=archive)

        changed = _changed_by(connection, park, voided, newest, change)
        return Corrected(_of(connection, correction_id), changed)

    return write_again(engine, make)


def withdraw_correction(
    engine: Engine, correction_id: int, now: datetime, archive: StretchArchive | None = None
) -> Corrected:
    """Raises CorrectionRefused."""

    def take_back(connection: Connection) -> Corrected:
        correction = _of(connection, correction_id)
        if correction.withdrawn_at is not None:
            raise CorrectionRefused(
                f"correction {correction_id} was taken back on {correction.withdrawn_at:%Y-%m-%d}"
            )
        park, voided = _park(connection, correction.park_id), correction.voided
        newest = _judgeable(connection, park, voided)

        def change() -> None:
            withdraw(connection, correction_id, now)
            judge_corrected(connection, park, voided, newest, now, is_taken_back=True, archive=archive)

        changed = _changed_by(connection, park, voided, newest, change)
        return Corrected(_of(connection, correction_id), changed)

    return write_again(engine, take_back)


def _park(connection: Connection, park_id: int) -> ParkRow:
    park = all_parks(connection).get(park_id)
    if park is None:
        raise CorrectionRefused(f"no park has the id {park_id}; `park-downtime report` names them")
    return park


def _check_ride(connection: Connection, park: ParkRow, ride_id: int | None) -> None:
    if ride_id is None:
        return
    ride = rides_of(connection, park.park_id, also=[ride_id]).get(ride_id)
    if ride is None:
        raise CorrectionRefused(f"no ride has the id {ride_id}")
    if ride.park_id != park.park_id:
        raise CorrectionRefused(f"ride {ride_id} is not of park {park.park_id}, but of {ride.park_id}")


def _judgeable(connection: Connection, park: ParkRow, voided: Voided) -> datetime:
    """The park's last reading; refuses what can no longer be judged from its runs."""
    newest = last_run_end(connection, park.park_id)
    if newest is None:
        raise CorrectionRefused(f"nothing has been read of park {park.park_id} that could be judged again")
    first = first_whole_day(connection, park)
    if local_date(voided.started_at, park.zone) < first:
        start = start_of_day(first, park.zone)
        raise CorrectionRefused(
            f"the first day that can be judged again is {first} ({start:%Y-%m-%dT%H:%M:%SZ}): "
            "runs of earlier days are gone"
        )
    return newest


def _of(connection: Connection, correction_id: int) -> Correction:
    for correction in all_corrections(connection):
        if correction.correction_id == correction_id:
            return correction
    raise CorrectionRefused(f"there is no correction {correction_id}; `park-downtime void --list` names them")


def _changed_by(
    connection: Connection, park: ParkRow, voided: Voided, newest: datetime, change: Callable[[], None]
) -> list[ChangedDay]:
    """The days whose figures are others after `change`."""
    first, last = local_date(voided.started_at, park.zone) - DAY, local_date(newest, park.zone)
    before = seconds_by_day(connection, park.park_id, voided.ride_id, first, last)
    change()
    bump_version(connection)
    after = seconds_by_day(connection, park.park_id, voided.ride_id, first, last)
    days = [ChangedDay(day, before.get(day, NOTHING), after.get(day, NOTHING)) for day in before | after]
    return sorted((one for one in days if one.before != one.after), key=lambda one: one.day)
