"""Agreement with another source as lines of text: parks and their rides, then what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from park_downtime.commands.report import SIMULATED
from park_downtime.commands.report_live import ATTRIBUTION, UNKNOWN
from park_downtime.database.entries import Entry
from park_downtime.feed.exported_days import TheirExport
from park_downtime.jobs.verify import ComparedDay, LeftOut, Verified
from park_downtime.plain_text import one_line
from park_downtime.statistics.agreement import Agreement

NAME_WIDTH = 42
COLUMNS = {
    "Days": 7,
    "Final": 7,
    "Method": 7,
    "Both down": 10,
    "Only we": 9,
    "Only they": 10,
    "Closed": 8,
    "Unknown": 8,
    "Agree %": 8,
}
"""Headings and their widths."""
NOTES = (
    "Minutes down. Daily totals do not say which minutes: Both down is the smaller figure of each day, the",
    "rest is Unknown as far as the other side did not see the day, and that side's alone beyond. Closed: of",
    "Only they, what fits into time that we have as closed and no outage (at the edges of the day, say).",
    "The two may draw on the same sources: that they agree is no proof.",
)


def table_lines(verified: Verified) -> Iterator[str]:
    yield f"Beside another source: {told_scope(verified)}"
    yield told_hours(verified.export)
    yield ""
    yield _columns("", "Park, ride", *COLUMNS)
    for park in verified.parks:
        if park.rides:
            yield _line(park.park.park_id, park.park.name, park.days, park.agreement)
        for ride in park.rides:
            yield _line(ride.entry.ride_id, f"  {ride.entry.name}", ride.days, ride.agreement)
    yield _line("", "All", verified.days, verified.agreement)
    yield ""
    yield from NOTES
    left_out = list(left_out_lines(verified))
    if left_out:
        yield ""
        yield from left_out
    yield ""
    if verified.is_simulated:
        yield SIMULATED
    yield ATTRIBUTION


def told_scope(verified: Verified) -> str:
    days = verified.days
    rides = [ride for park in verified.parks for ride in park.rides]
    parks = [park for park in verified.parks if park.rides]
    dates = [day.ours.stat_date for day in days]
    return (
        f"{len(days):,} ride-days that both have, of {len(rides)} rides in {len(parks)} parks, "
        f"{min(dates)} to {max(dates)}"
    )


def told_hours(export: TheirExport) -> str:
    days = sum(len(ride.days) for park in export.parks.values() for ride in park.rides.values())
    inside = export.days_in_park_hours
    told = f"Their minutes in the files: within the park's published hours on {inside:,} ride-days, "
    told += f"of the whole day on {days - inside:,}"
    if export.repeated_days:
        told += f"; {export.repeated_days:,} stood there twice, the later one counts"
    if export.other_entities:
        told += f"; {export.other_entities.total():,} rows are of no attraction"
    return told


def told_methods(days: Iterable[ComparedDay]) -> str:
    versions = sorted({day.ours.method_version for day in days})
    return f"{versions[0]}" if len(versions) == 1 else f"{versions[0]}-{versions[-1]}"


def left_out_lines(verified: Verified) -> Iterator[str]:
    """Every name that stands in no figure. Parks of ours are listed where one of theirs is left."""
    lines = list(_left_out_parks(verified))
    for park in verified.parks:
        of_park = list(_left_out_rides(park.left_out))
        if of_park:
            lines += [f"  {one_line(park.park.name)} ({park.park.park_id}):", *of_park]
    lines += [
        f"  Exception that means nothing in these files: {one.where}" for one in verified.unused_exceptions
    ]
    if lines:
        yield "In no figure (say with --exceptions what a name means):"
        yield from lines


def _left_out_parks(verified: Verified) -> Iterator[str]:
    if not verified.export.parks:
        yield "  The files have no attraction."
    for names, parks in verified.parks_ambiguous:
        ours = ", ".join(f"{park.name} ({park.park_id})" for park in parks)
        yield f"  Park that could be several: theirs {_quoted(names)}; ours {one_line(ours)}"
    if verified.parks_only_theirs:
        yield f"  Their parks that match none of ours: {_quoted(verified.parks_only_theirs)}"
        ours = ", ".join(f"{park.name} ({park.park_id})" for park in verified.parks_only_ours)
        yield f"  Our parks that match none of theirs: {one_line(ours) or 'none'}"
    elif verified.parks_only_ours:
        yield f"  Parks of ours that these files do not have: {len(verified.parks_only_ours)}"


def _left_out_rides(left_out: LeftOut) -> Iterator[str]:
    for names, several in left_out.ambiguous:
        yield f"    could be several: theirs {_quoted(names)}; ours {_told(several)}"
    if left_out.only_theirs:
        yield f"    only theirs: {_quoted(left_out.only_theirs)}"
    if left_out.only_ours:
        yield f"    only ours: {_told(left_out.only_ours)}"
    if left_out.no_common_day:
        yield f"    no day that both have: {_told(left_out.no_common_day)}"
    if left_out.not_counted:
        yield f"    not counted by us (shows, walks and others): {_told(left_out.not_counted)}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{one_line(name)}"' for name in names)


def _told(several: Iterable[Entry]) -> str:
    return ", ".join(f"{one_line(entry.name)} ({entry.ride_id})" for entry in several)


def _line(key: object, name: str, days: list[ComparedDay], agreed: Agreement) -> str:
    share = agreed.share
    parts = (
        agreed.both_seconds,
        agreed.only_we_seconds,
        agreed.only_they_seconds,
        agreed.closed_here_seconds,
        agreed.unknown_seconds,
    )
    return _columns(
        key,
        name,
        len(days),
        sum(day.ours.is_final for day in days),
        told_methods(days),
        *(f"{seconds / 60:.0f}" for seconds in parts),
        UNKNOWN if share is None else f"{share * 100:.1f}",
    )


def _columns(key: object, name: str, *cells: object) -> str:
    numbers = "".join(f"{cell!s:>{width}}" for cell, width in zip(cells, COLUMNS.values(), strict=True))
    return f"{key!s:>6} {name[:NAME_WIDTH]:<{NAME_WIDTH}}{numbers}"
