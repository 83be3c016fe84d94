"""What is left of runs over which a stretch was made unknown. The picture's first cycle is at 0:00."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from drawing import CYCLE, MIDNIGHT, clock, drawn, park_runs, readings, runs, session_of

from park_downtime.timeline.closures import judge_ride
from park_downtime.timeline.holds import held
from park_downtime.timeline.known import known_in
from park_downtime.timeline.runs import Run, by_cycle, fold
from park_downtime.timeline.sessions import sessions
from park_downtime.timeline.voided import (
    Voided,
    fold_between,
    is_unknown_since,
    known_park_runs,
    known_runs,
    park_runs_rejoined,
    runs_rejoined,
    unknown_spans,
)

CYCLES = [MIDNIGHT + place * CYCLE for place in range(200)]
LATE = clock("48:00")


def void(start: str, end: str, ride_id: int | None = None) -> Voided:
    return Voided(ride_id, clock(start), clock(end))


def pieces(own: list[Run]) -> list[tuple[str, str, int, int]]:
    """First and last reading, readings and waits of each."""
    return [
        (_time(run.started_at), _time(run.last_reading_at), run.reading_count, run.wait_count) for run in own
    ]


def _time(at: datetime) -> str:
    minutes = int((at - MIDNIGHT) / timedelta(minutes=1))
    return f"{minutes // 60}:{minutes % 60:02}"


def cut(picture: str, *voided: Voided) -> list[tuple[str, str, int, int]]:
    own = fold(readings(picture, wait=5), ())
    return pieces(known_runs(own, unknown_spans(voided, 1), CYCLES))


class TestARunOfWhichTheReadingsAreGone:
    def test_is_cut_at_its_readings_and_loses_its_waits(self) -> None:
        assert cut("oooooo", void("0:20", "0:40")) == [("0:00", "0:10", 2, 0), ("0:40", "0:50", 2, 0)]

    def test_between_two_readings_too(self) -> None:
        assert cut("oooooo", void("0:15", "0:33")) == [("0:00", "0:10", 2, 0), ("0:40", "0:50", 2, 0)]

    def test_keeps_its_end(self) -> None:
        assert cut("oooo", void("0:00", "0:20")) == [("0:20", "0:30", 2, 0)]

    def test_keeps_its_beginning(self) -> None:
        assert cut("oooo", void("0:20", "9:00")) == [("0:00", "0:10", 2, 0)]

    def test_is_gone_where_nothing_else_was_read(self) -> None:
        assert cut("oooo", void("0:00", "0:31")) == []

    def test_is_whole_where_nothing_of_it_is_void(self) -> None:
        assert cut("oooo", void("0:31", "0:40"), void("23:00", "24:00")) == [("0:00", "0:30", 4, 4)]

    def test_twice_and_by_overlapping_stretches(self) -> None:
        voided = (void("0:30", "0:50"), void("0:10", "0:20"), void("0:40", "1:00"))
        assert cut("oooooooo", *voided) == [
            ("0:00", "0:00", 1, 0),
            ("0:20", "0:20", 1, 0),
            ("1:00", "1:10", 2, 0),
        ]

    def test_has_no_more_readings_than_it_had(self) -> None:
        (run,) = fold(readings("o.o.o.", wait=5), ())
        left = known_runs([run], [(clock("0:40"), clock("1:00"))], CYCLES)
        assert [one.reading_count for one in left] == [3]

    def test_of_the_park(self) -> None:
        left = known_park_runs(park_runs("RRRRRR"), unknown_spans([void("0:20", "0:40")]), CYCLES)
        assert [(_time(run.started_at), _time(run.last_reading_at)) for run in left] == [
            ("0:00", "0:10"),
            ("0:40", "0:50"),
        ]


class TestWhileReadingsAreKept:
    @pytest.mark.parametrize("second", [0, 1])
    def test_runs_end_at_the_edges_and_keep_their_waits(self, second: int) -> None:
        start = clock("0:20") + timedelta(seconds=second)
        voided = [Voided(1, start, clock("0:40"))]
        folded = fold_between(by_cycle(readings("oooooo", wait=5)), (), voided)
        left = known_runs(folded, unknown_spans(voided, 1), CYCLES)
        kept = 2 + second  # a second after a reading, that reading stays
        assert pieces(left) == [("0:00", f"0:{10 * (kept - 1)}", kept, kept), ("0:40", "0:50", 2, 2)]

    def test_other_rides_are_whole(self) -> None:
        said = [*readings("oooo", wait=5), *readings("oooo", 2, wait=5)]
        folded = fold_between(by_cycle(said), (), [void("0:10", "0:20", ride_id=1)])
        assert [(run.ride_id, run.reading_count) for run in folded] == [(1, 1), (1, 1), (1, 2), (2, 4)]


class TestNothingHolds:
    def test_into_the_stretch(self) -> None:
        own = runs("oo..oo")
        unknown = unknown_spans([void("0:14", "0:40")])
        assert [_time(until) for _, until in held(own, None, unknown)] == ["0:14", "1:00"]

    def test_over_one_that_is_shorter_than_the_hold(self) -> None:
        own = runs("o.X")
        assert [_time(until) for _, until in held(own, None, [(clock("0:05"), clock("0:15"))])] == [
            "0:05",
            "0:30",
        ]

    def test_until_now(self) -> None:
        spans = unknown_spans([void("0:10", "0:20")])
        assert is_unknown_since(spans, clock("0:00"), clock("0:30"))
        assert not is_unknown_since(spans, clock("0:20"), clock("0:30"))
        assert not is_unknown_since(spans, clock("0:00"), clock("0:05"))


class TestJudged:
    def ride(self, picture: str, voided: Voided) -> str:
        unknown = unknown_spans([voided], 1)
        left = known_runs(runs(picture), unknown, CYCLES)
        session = session_of("R" * len(picture))
        return drawn(judge_ride(1, session, known_in(session, left, LATE, unknown)))

    def test_a_closure_that_is_void_is_unknown(self) -> None:
        assert self.ride("ooXXXoo", void("0:20", "0:50")) == "oo...oo"

    def test_a_part_of_it_leaves_the_rest_an_outage(self) -> None:
        assert self.ride("ooXXXXoo", void("0:30", "0:50")) == "ooD..Doo"

    def test_a_reopening_that_is_void_was_an_early_close(self) -> None:
        assert self.ride("ooXXoo", void("0:40", "1:00")) == "ooEE.."

    def test_a_park_that_only_said_to_run_has_another_session(self) -> None:
        own = park_runs("S" * 6 + "R" * 60 + "S" * 60)
        unknown = unknown_spans([void("1:00", "2:00")])
        (session,) = sessions(known_park_runs(own, unknown, CYCLES), LATE, MIDNIGHT, unknown)
        assert session.span == (clock("2:00"), clock("11:00"))
        assert session.gaps == ((clock("1:00"), clock("2:00")),)


class TestTakenBack:
    stretch = void("0:20", "0:40", ride_id=1)

    def broken(self, *others: Voided) -> dict[int, list[Run]]:
        return {1: fold_between(by_cycle(readings("oooooXXo", wait=5)), (), [self.stretch, *others])}

    def test_runs_are_one_again(self) -> None:
        whole = fold(readings("oooooXXo", wait=5), ())
        assert len(self.broken()[1]) > len(whole)
        assert runs_rejoined(self.broken(), self.stretch, (), ()) == whole

    def test_but_not_over_a_cycle_that_failed_nor_over_the_edge_of_another(self) -> None:
        failed = clock("0:35")
        other = void("0:20", "0:30", ride_id=1)
        assert pieces(runs_rejoined(self.broken(), self.stretch, [failed], ()))[:2] == [
            ("0:00", "0:30", 4, 4),
            ("0:40", "0:40", 1, 1),
        ]
        left = runs_rejoined(self.broken(other), self.stretch, (), [other])
        assert pieces(left)[0] == ("0:00", "0:10", 2, 2)

    def test_runs_of_other_rides_stay_as_they_are(self) -> None:
        apart = {2: [replace(run, ride_id=2) for run in self.broken()[1]]}
        assert runs_rejoined(apart, self.stretch, (), ()) == apart[2]

    def test_those_of_the_park_too(self) -> None:
        of_park = void("0:20", "0:40")
        whole = park_runs("RRRRRR")
        (run,) = whole
        first = replace(run, last_reading_at=clock("0:10"))
        second = replace(run, started_at=clock("0:20"))
        assert park_runs_rejoined([first, second], of_park, (), ()) == whole
        assert park_runs_rejoined([first, second], self.stretch, (), ()) == [first, second]
