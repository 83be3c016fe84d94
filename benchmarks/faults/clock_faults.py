"""Our own clock is wrong for an hour: behind or ahead by an hour, and then right again."""

from __future__ import annotations

from datetime import datetime, timedelta

from benchmarks.faults.bench import Bench, Fault
from benchmarks.faults.scenario import AFTERNOON, HOUR
from benchmarks.faults.site import Site, Undisturbed
from benchmarks.faults.verdict import Verdict


class WrongClock(Undisturbed):
    """`late`: how much later than on the minute the cycles of the wrong hour begin; negative: before it."""

    def __init__(self, off: timedelta, late: timedelta) -> None:
        self.off, self.late = off, late

    def before(self, site: Site, at: datetime) -> None:
        if at == AFTERNOON:
            site.clock_is_off = self.off + self.late
        elif at == AFTERNOON + HOUR:
            site.clock_is_off = timedelta(0)


def _clock(bench: Bench, off: timedelta, minutes_lost: int) -> Verdict:
    """Both where the wrong hour's cycles fall on the seconds of stored ones, and where they do not."""
    verdicts = [
        bench.day_losing(WrongClock(off, timedelta(seconds=late)), bench.files.url("clock"), minutes_lost)
        for late in (0, -1)
    ]
    verdict = verdicts[0]
    verdict.wrong += verdicts[1].wrong
    if verdicts[1].text != verdict.text:
        verdict.text = f"{verdict.text}; a second earlier: {verdicts[1].text}"
    return verdict


def set_back(bench: Bench) -> Verdict:
    return _clock(bench, -HOUR, 4 * 60)


def set_forward(bench: Bench) -> Verdict:
    return _clock(bench, HOUR, 4 * 60)


FAULTS = [
    Fault("clock-back", "Our clock is an hour behind for an hour", "240 park minutes unknown", set_back),
    Fault("clock-forward", "Our clock is an hour ahead for an hour", "240 park minutes unknown", set_forward),
]
