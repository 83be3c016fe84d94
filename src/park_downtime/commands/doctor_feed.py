"""The report of `doctor --feed`: one line per assumption, made to be kept."""

from __future__ import annotations

from collections.abc import Iterator

from park_downtime import __version__
from park_downtime.feed.assumptions.finding import Finding, Verdict
from park_downtime.feed.source import MOST_AT_ONCE
from park_downtime.jobs.check_feed import FeedReport
from park_downtime.plain_text import one_line

_VERDICT_WIDTH = max(map(len, Verdict))
CANNOT_TELL = (
    "whether values are as fresh as their stamps: a feed may repeat itself under new ones;",
    "what the feed says at other hours: look once by day and once at night;",
    "whether what it says is true: docs/method.md has what is known of that.",
)


def report_lines(report: FeedReport, scope: str) -> Iterator[str]:
    """`scope` is what the settings track."""
    yield f"The feed as it is: {report.begun_at:%Y-%m-%d %H:%M:%S} UTC, park-downtime {__version__}"
    yield f"Feed: {report.address}" + (
        " (simulated: everything in it is made up)" if report.is_simulated else ""
    )
    yield f"Tracked: {scope}"
    yield (
        f"Asked once: the list of parks and {report.asked} parks, at most {MOST_AT_ONCE} at a time. "
        "No database is read or written."
    )
    yield ""
    width = max(len(finding.name) for finding in report.findings)
    for finding in report.findings:
        yield _line(finding, width)
    if report.not_heard:
        yield ""
        yield "Nothing was heard of:"
        yield from (f"  {one_line(park)}" for park in report.not_heard)
    yield ""
    if report.asked:
        yield "What one cycle cannot tell:"
        yield from (f"  {line}" for line in CANNOT_TELL)
        yield ""
    yield ", ".join(f"{report.count(verdict)} {verdict}" for verdict in Verdict)


def _line(finding: Finding, width: int) -> str:
    text = f"expected {finding.expected}; found {finding.found}"
    if finding.examples:
        text += f": {', '.join(finding.examples)}"
    return f"{finding.verdict:<{_VERDICT_WIDTH}}  {finding.name:<{width}}  {one_line(text)}"
