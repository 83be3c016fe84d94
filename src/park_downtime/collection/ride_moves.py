"""Whether a ride that another park lists moves there: judged from one local day of that park."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from park_downtime.database.rides import RideRow
from park_downtime.periods import DAY
from park_downtime.timeline.presence import PRESENT

LEAST_LISTED = 2
"""A payload by itself may be a glitch, also where it is the only one of its day."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A local day of a park and a ride that stands under another: in how many of the accepted cycles the
    park listed the ride, and whether any accepted payload of the ride's own park named it from the first
    of these on, to the end of the day.
    """

    listed_cycles: int
    accepted_cycles: int
    is_named_at_home: bool

    @property
    def is_of_a_move(self) -> bool:
        """At least half of the day's cycles, and not a word at home, which may have been silent."""
        return (
            not self.is_named_at_home
            and self.listed_cycles >= LEAST_LISTED
            and 2 * self.listed_cycles >= self.accepted_cycles
        )


NAMED_AT_HOME = Listing(0, 0, is_named_at_home=True)


def day_to_judge(ride: RideRow, park_id: int, today: date) -> date | None:
    """The local day of the park whose listings decide about the ride now; None: nothing is to decide.

    A move is announced as soon as the day speaks for it, and judged once more when that day is over.
    """
    if ride.next_park_id is None or ride.moves_on is None:
        return today
    if ride.next_park_id != park_id:
        # Where a third park was to have it and did not come for it, this one may.
        return today if ride.moves_on < today else None
    return ride.moves_on - DAY if ride.moves_on <= today else None


def after_listing(ride: RideRow, park_id: int, today: date, listing: Listing) -> RideRow:
    """The ride after a payload of `park_id` that lists it, by the listings of `day_to_judge`: moved,
    announced to move at the next local midnight, so that no day of either park is torn, or as it was.
    Once moved, its `moves_on` tells since when it has belonged there.
    """
    is_over = ride.next_park_id == park_id
    if is_over and listing.is_of_a_move:
        return replace(ride, park_id=park_id, presence=PRESENT, next_park_id=None)
    if is_over:
        return replace(ride, next_park_id=None, moves_on=None)
    if listing.is_of_a_move:
        return replace(ride, next_park_id=park_id, moves_on=today + DAY)
    return ride
