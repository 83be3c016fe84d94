"""The feed is away, answers nonsense, stands still, stumbles, or sends far too much."""

from __future__ import annotations

from datetime import datetime, timedelta

from benchmarks.faults.bench import Bench, Fault
from benchmarks.faults.scenario import AFTERNOON, HOUR
from benchmarks.faults.site import SCALE, Site, Undisturbed
from benchmarks.faults.verdict import Verdict

from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.quirks import parse_quirks


class Quirky(Undisturbed):
    """The feed shows `plan` from `start` to `end`."""

    def __init__(self, plan: str, start: datetime, end: datetime) -> None:
        self.plan, self.start, self.end = plan, start, end

    def before(self, site: Site, at: datetime) -> None:
        if at == self.start:
            site.quirks(self.plan)
        elif at == self.end:
            site.quirks("")


class Down(Undisturbed):
    """Nobody listens for an hour."""

    def before(self, site: Site, at: datetime) -> None:
        if at == AFTERNOON:
            site.feed_down()
        elif at == AFTERNOON + HOUR:
            site.feed_up()


class Huge(Quirky):
    def before(self, site: Site, at: datetime) -> None:
        super().before(site, at)
        if at == self.start:
            site.patient()


class Stumbling(Quirky):
    def before(self, site: Site, at: datetime) -> None:
        super().before(site, at)
        if at in (self.start, self.end):
            site.feed.latency_seconds = 5 / SCALE if at == self.start else 0.0


def feed_down(bench: Bench) -> Verdict:
    return bench.day_losing(Down(), bench.files.url("feed-down"), 4 * 60)


def feed_html(bench: Bench) -> Verdict:
    quirky = Quirky("*:html=1", AFTERNOON, AFTERNOON + HOUR)
    return bench.day_losing(quirky, bench.files.url("feed-html"), 4 * 60)


def feed_frozen(bench: Bench) -> Verdict:
    end = AFTERNOON + 2 * HOUR
    frozen = parse_quirks("*:frozen=1").switched_on_at(AFTERNOON)

    def says(park_id: int, at: datetime) -> bytes:
        quirks = frozen.of(park_id) if AFTERNOON <= at < end else None
        return queue_times_json(bench.day.world, park_id, at, quirks)

    quirky = Quirky("*:frozen=1", AFTERNOON, end)
    return bench.day_losing(quirky, bench.files.url("feed-frozen"), None, says)


def feed_stumbles(bench: Bench) -> Verdict:
    stumbling = Stumbling("*:reset=0.3", AFTERNOON - HOUR, AFTERNOON + 5 * HOUR)
    return bench.day_losing(stumbling, bench.files.url("feed-stumbles"), None)


def huge_payload(bench: Bench) -> Verdict:
    huge = Huge("5:huge=40", AFTERNOON, AFTERNOON + timedelta(minutes=30))
    return bench.day_losing(huge, bench.files.url("huge"), 30)


FAULTS = [
    Fault(
        "feed-down",
        "The feed's port is closed for an hour in the afternoon (6 cycles, 4 parks)",
        "240 park minutes unknown, nothing else changed",
        feed_down,
    ),
    Fault(
        "feed-html",
        "The feed answers 200 with a page of HTML for an hour",
        "240 park minutes unknown: rejected, not read as closed",
        feed_html,
    ),
    Fault(
        "feed-frozen",
        "The feed repeats the payload of 15:00 for two hours",
        "unknown from the time at which the payload is 30 minutes old; until then it is believed",
        feed_frozen,
    ),
    Fault(
        "feed-stumbles",
        f"30 % of the requests are reset and every answer takes 5 s, for six hours (all times 1:{SCALE})",
        "what three tries did not bring is unknown, no more",
        feed_stumbles,
    ),
    Fault(
        "huge-payload",
        "One park's payload has 40 MB for three cycles",
        "its 30 minutes unknown, the other parks untouched",
        huge_payload,
    ),
]
