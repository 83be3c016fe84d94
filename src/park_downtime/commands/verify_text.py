"""Agreement with another source as a paragraph and a table in Markdown, to be pasted into docs/method.md."""

from __future__ import annotations

from collections.abc import Iterator

from park_downtime.commands.report import SIMULATED
from park_downtime.commands.verify_table import told_hours, told_methods, told_scope
from park_downtime.jobs.verify import ComparedDay, ComparedPark, Verified
from park_downtime.plain_text import one_line
from park_downtime.statistics.agreement import Agreement

MEANING = (
    "Both give totals of a day, which do not say *which* minutes: *both down* is the smaller of the two "
    "figures of a ride's day; what one has beyond it is *unknown* as far as it fits into what the other did "
    "not see of that day, and that one's alone beyond. So the agreement is the most that is possible, and "
    "the difference the least. *Closed by us* is the part of *only they* that fits into time which we have "
    "as closed and not as an outage, most of it at the edges of a day. The two may draw on the same sources: "
    "that they agree is no proof."
)


def markdown(verified: Verified) -> str:
    return "\n".join(_lines(verified)) + "\n"


def _lines(verified: Verified) -> Iterator[str]:
    days = verified.days
    final = sum(day.ours.is_final for day in days)
    without = sum(day.theirs.unknown is None for day in days)
    yield (
        f"Our downtime beside the daily minutes of ThemeParks.wiki: {told_scope(verified)}; "
        f"{final:,} of them final, by method {told_methods(days)}. {told_hours(verified.export)}. "
        + (f"On {without:,} ride-days it does not say how much is unknown. " if without else "")
        + MEANING
        + (f" **{SIMULATED}**" if verified.is_simulated else "")
    )
    yield ""
    yield (
        "| park | rides | ride-days | both down, min | only we | only they | of it closed by us | unknown "
        "| agreement |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    parks = [park for park in verified.parks if park.rides]
    for park in parks:
        yield _row(_cell(park.park.name), len(park.rides), park.days, park.agreement)
    if len(parks) > 1:
        yield _row("all", sum(len(park.rides) for park in parks), days, verified.agreement)
    yield ""
    yield _left_out(verified, parks)


def _row(name: str, rides: int, days: list[ComparedDay], agreed: Agreement) -> str:
    parts = (
        agreed.both_seconds,
        agreed.only_we_seconds,
        agreed.only_they_seconds,
        agreed.closed_here_seconds,
        agreed.unknown_seconds,
    )
    share = "-" if agreed.share is None else f"{agreed.share * 100:.1f} %"
    minutes = " | ".join(f"{seconds / 60:,.0f}" for seconds in parts)
    return f"| {name} | {rides} | {len(days):,} | {minutes} | {share} |"


def _left_out(verified: Verified, parks: list[ComparedPark]) -> str:
    """How many names stand in no figure: a comparison of the easy half would say little."""
    several = [park.left_out for park in verified.parks]
    return (
        f"Of {sum(len(park.rides) for park in parks)} rides the names match. In no figure: "
        f"{sum(len(one.only_theirs) for one in several)} attractions that only they name, "
        f"{sum(len(one.only_ours) for one in several)} rides that only we name, "
        f"{sum(len(one.ambiguous) for one in several)} names that could be several, "
        f"{sum(len(one.no_common_day) for one in several)} rides without a common day, "
        f"{sum(len(one.not_counted) for one in several)} that we do not count; "
        f"{len(verified.parks_only_theirs) + len(verified.parks_ambiguous)} parks of theirs."
    )


def _cell(name: str) -> str:
    return one_line(name).replace("|", "\\|")
