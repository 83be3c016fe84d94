"""What we assume of the feed holds in what was recorded of the real one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from park_downtime.feed.assumptions.about_entries import entry_findings
from park_downtime.feed.assumptions.about_list import list_findings
from park_downtime.feed.assumptions.about_stamps import stamp_findings
from park_downtime.feed.assumptions.finding import Finding, Verdict
from park_downtime.feed.assumptions.heard import ParkHeard, hear_list, hear_park

LATE = datetime(2030, 1, 1, tzinfo=UTC)


def heard_as_it_was_asked(file: Path) -> ParkHeard:
    """Two minutes after its newest stamp: when it was asked is not recorded."""
    park, name, *_ = file.stem.split("_")
    newest = hear_park(int(park), name, file.read_bytes(), LATE).newest
    assert newest is not None
    return hear_park(int(park), name, file.read_bytes(), newest + timedelta(minutes=2))


def broken(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.verdict is Verdict.BROKEN]


def test_the_list_of_parks_is_as_we_take_it(shared_data: Path) -> None:
    findings = list_findings(hear_list((shared_data / "parks.json").read_bytes()))
    assert {finding.verdict for finding in findings} == {Verdict.HELD}


def test_payloads_are_as_we_take_them(shared_data: Path) -> None:
    verbatim = [
        file for file in (shared_data / "fixtures").glob("*.json") if not file.stem.endswith(".rebuilt")
    ]
    by_park = {file.stem.split("_")[0]: heard_as_it_was_asked(file) for file in sorted(verbatim)}
    heard = list(by_park.values())
    assert len(heard) == 6
    assert broken(entry_findings(heard) + stamp_findings(heard)) == []
