"""What the closing wave takes from outages."""

from __future__ import annotations

from benchmarks.accuracy.recorded_edges import RecordedEdges
from drawing import HOUR
from looks import seen

MORNING, NIGHT = "X" * 9 * HOUR, "X" * 4 * HOUR
STAYS = MORNING + "o" * 11 * HOUR + NIGHT
ENDS = MORNING + "o" * 8 * HOUR + "X" * 3 * HOUR + NIGHT
FOR_THE_EVENT = MORNING + "o" * 8 * HOUR + "X" * HOUR + "o" * 2 * HOUR + NIGHT


def test_rides_that_closed_with_their_park_and_opened_again_are_measured() -> None:
    found = RecordedEdges()
    found.look_at(seen(*[FOR_THE_EVENT] * 2, *[STAYS] * 2, *[ENDS] * 6))
    assert found.wave_seconds == 2 * 3600


def test_an_early_close_of_which_nothing_opened_again_was_no_outage_before() -> None:
    found = RecordedEdges()
    found.look_at(seen(*[STAYS] * 2, *[ENDS] * 6))
    assert found.wave_seconds == 0
