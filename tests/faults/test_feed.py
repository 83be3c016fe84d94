"""The feed is away, answers nonsense, stands still, stumbles, or sends far too much."""

from __future__ import annotations

from datetime import datetime, timedelta

from faults.bench import Bench
from faults.disturbances import Down, Quirky
from faults.scenario import AFTERNOON, HOUR
from faults.site import SCALE, Site

from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.quirks import parse_quirks


class Stumbling(Quirky):
    def before(self, site: Site, at: datetime) -> None:
        super().before(site, at)
        if at in (self.start, self.end):
            site.feed.latency_seconds = 5 / SCALE if at == self.start else 0.0


def test_an_hour_without_a_feed_is_240_unknown_park_minutes(bench: Bench) -> None:
    assert bench.unexplained_by(Down(), bench.files.url("feed"), 4 * 60) == []


def test_an_hour_of_html_is_rejected_and_not_read_as_closed(bench: Bench) -> None:
    quirky = Quirky("*:html=1", AFTERNOON, AFTERNOON + HOUR)
    assert bench.unexplained_by(quirky, bench.files.url("feed"), 4 * 60) == []


def test_a_frozen_feed_is_believed_for_30_minutes_and_then_unknown(bench: Bench) -> None:
    """Of two hours an hour and a half in each of four parks."""
    end = AFTERNOON + 2 * HOUR
    frozen = parse_quirks("*:frozen=1").switched_on_at(AFTERNOON)

    def says(park_id: int, at: datetime) -> bytes:
        quirks = frozen.of(park_id) if AFTERNOON <= at < end else None
        return queue_times_json(bench.day.world, park_id, at, quirks)

    quirky = Quirky("*:frozen=1", AFTERNOON, end)
    assert bench.unexplained_by(quirky, bench.files.url("feed"), 4 * 90, says) == []


def test_of_a_stumbling_feed_only_what_three_tries_did_not_bring_is_unknown(bench: Bench) -> None:
    """30 % of the requests are reset and every answer takes 5 s, for six hours."""
    stumbling = Stumbling("*:reset=0.3", AFTERNOON - HOUR, AFTERNOON + 5 * HOUR)
    assert bench.unexplained_by(stumbling, bench.files.url("feed"), None) == []


def test_40_megabytes_of_one_park_cost_its_30_minutes_and_no_other_park(bench: Bench) -> None:
    """For three cycles."""
    huge = Quirky("5:huge=40", AFTERNOON, AFTERNOON + timedelta(minutes=30))
    assert bench.unexplained_by(huge, bench.files.url("feed"), 30) == []
