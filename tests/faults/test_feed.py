"""The feed is away, answers nonsense, stands still, stumbles, or sends far too much."""

from __future__ import annotations

from datetime import datetime, timedelta

from faults.bench import Bench
from faults.disturbances import Down, Quirky
from faults.outcomes import Payload
from faults.rows import Key, Rows, rows_of
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


def saying(bench: Bench, plan: str, start: datetime, end: datetime) -> Payload:
    """What the feed says with these quirks from `start` to `end`."""
    quirks = parse_quirks(plan).switched_on_at(start)

    def says(park_id: int, at: datetime) -> bytes:
        return queue_times_json(
            bench.day.world, park_id, at, quirks.of(park_id) if start <= at < end else None
        )

    return says


def test_a_frozen_feed_is_believed_for_two_hours_of_its_first_day_and_then_unknown(bench: Bench) -> None:
    """Of 2 h 50 min in each of four parks 50 min, and in two of them, whose waits had not moved just before,
    all: there it is known after two hours that the feed has repeated itself from the start.
    """
    start, end = AFTERNOON - 2 * HOUR, AFTERNOON + timedelta(minutes=50)
    quirky = Quirky("*:frozen=1", start, end)
    says = saying(bench, "*:frozen=1", start, end)
    assert bench.unexplained_by(quirky, bench.files.url("feed"), 2 * 50 + 2 * 170, says) == []


def test_an_hour_of_empty_lists_is_240_unknown_park_minutes(bench: Bench) -> None:
    quirky = Quirky("*:empty=1", AFTERNOON, AFTERNOON + HOUR)
    assert bench.unexplained_by(quirky, bench.files.url("feed"), 4 * 60) == []


def test_entries_that_are_closed_with_a_wait_of_999_and_names_in_turns_change_no_figure(
    bench: Bench,
) -> None:
    quirky = Quirky("*:closed_999=0.5,*:two_names=0.5", bench.day.start, bench.day.end)
    assert bench.lost_by(quirky, bench.files.url("feed")) == []


def test_entries_left_open_at_night_change_nothing_but_the_last_minutes_before_all_are_closed(
    bench: Bench,
) -> None:
    """One that is left open while other rides still run is as good as open, for 20 minutes at most here,
    and so is one that was closed before and seems to open again.
    """
    undisturbed = bench.undisturbed_day
    with bench.site(bench.day, bench.files.url("feed")) as site:
        site.run(Quirky("*:left_open=0.3", AFTERNOON, bench.day.end))
        lying = rows_of(site.engine)
    assert lying["ride_daily_stats"].keys() == undisturbed["ride_daily_stats"].keys()
    more_down = []
    for key, row in lying["ride_daily_stats"].items():
        honest = undisturbed["ride_daily_stats"][key]
        more_down.append(row["downtime_seconds"] - honest["downtime_seconds"])
        assert 0 <= row["open_seconds"] - honest["open_seconds"] <= 1200
    assert min(more_down) == 0
    assert sum(more_down) <= 2 * 3600
    assert _ends(lying) == _ends(undisturbed)


def _ends(rows: Rows) -> dict[Key, datetime]:
    return {key: row["ended_at"] for key, row in rows["park_operating_sessions"].items()}


def test_a_feed_that_repeats_itself_from_before_closing_is_unknown_from_then_on(bench: Bench) -> None:
    """No downtime beside the honest day's, and no session after its closing."""
    undisturbed = bench.undisturbed_day
    with bench.site(bench.day, bench.files.url("feed")) as site:
        site.run(Quirky("*:repeats=5", AFTERNOON, bench.day.end))
        lying = rows_of(site.engine)
    sums = [
        {key: (row["downtime_seconds"], row["open_seconds"]) for key, row in rows["park_daily_stats"].items()}
        for rows in (undisturbed, lying)
    ]
    assert sums[0].keys() == sums[1].keys()
    for key, (down, is_open) in sums[0].items():
        assert sums[1][key][0] <= down
        assert 0.8 * is_open <= sums[1][key][1] <= is_open


def test_of_a_stumbling_feed_only_what_three_tries_did_not_bring_is_unknown(bench: Bench) -> None:
    """30 % of the requests are reset and every answer takes 5 s, for six hours."""
    stumbling = Stumbling("*:reset=0.3", AFTERNOON - HOUR, AFTERNOON + 5 * HOUR)
    assert bench.unexplained_by(stumbling, bench.files.url("feed"), None) == []


def test_40_megabytes_of_one_park_cost_its_30_minutes_and_no_other_park(bench: Bench) -> None:
    """For three cycles."""
    huge = Quirky("5:huge=40", AFTERNOON, AFTERNOON + timedelta(minutes=30))
    assert bench.unexplained_by(huge, bench.files.url("feed"), 30) == []
