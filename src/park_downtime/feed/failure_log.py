"""What is logged of parks without readings: a line for each, or one for all that share a reason."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from park_downtime.model import ParkFailure, ParkOutcome, TrackedPark

log = logging.getLogger(__name__)

MANY = 4  # parks that share a reason from here on share a line
_TRIES = re.compile(r" \(\d+ tries\)$")
_PLACE = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Told:
    """A failure, with the first offending place of a payload that was rejected."""

    failure: ParkFailure
    path: str | None = None


def by_reason(failures: Iterable[ParkFailure]) -> dict[tuple[ParkOutcome, str], list[ParkFailure]]:
    """Failures of one kind together, the commonest first: the number of tries and the place in a
    payload make no other kind.
    """
    alike: dict[tuple[ParkOutcome, str], list[ParkFailure]] = {}
    for failure in failures:
        kind = _PLACE.sub("[n]", _TRIES.sub("", failure.reason))
        alike.setdefault((failure.outcome, kind), []).append(failure)
    return dict(sorted(alike.items(), key=lambda item: -len(item[1])))


def log_failures(told: Sequence[Told], parks: Mapping[int, TrackedPark]) -> None:
    """Where not one of `parks` answered, the line of the cycle says why: the parks are left to DEBUG."""
    paths = {one.failure.park_id: one.path for one in told}
    nobody_answered = len(told) == len(parks) and all(
        one.failure.outcome is ParkOutcome.FAILED for one in told
    )
    for (outcome, kind), failures in by_reason(one.failure for one in told).items():
        is_one_line = len(failures) >= MANY
        if is_one_line and not nobody_answered:
            log.warning(
                "%d parks %s",
                len(failures),
                outcome.value,
                extra={"reason": kind, "park_ids": [failure.park_id for failure in failures]},
            )
        level = logging.DEBUG if is_one_line or nobody_answered else logging.WARNING
        for failure in failures:
            facts = {
                "park_id": failure.park_id,
                "park": parks[failure.park_id].name,
                "reason": failure.reason,
            }
            if (path := paths[failure.park_id]) is not None:
                facts["path"] = path
            log.log(level, "park %s", outcome.value, extra=facts)
