"""`park-downtime verify`: our downtime beside another source's daily minutes."""

from __future__ import annotations

from pathlib import Path

import click

from park_downtime.commands.invocation import Invocation, pass_invocation
from park_downtime.commands.progress import progress
from park_downtime.commands.saying import say

_READ = click.Path(exists=True, dir_okay=False, path_type=Path)
_WRITTEN = click.Path(dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=_READ, metavar="FILE...")
@click.option(
    "--exceptions",
    "exceptions_file",
    type=_READ,
    metavar="FILE",
    help="What names mean that match none of ours, or the wrong one: CSV of theirs,park_id,ride_id.",
)
@click.option(
    "--whole-day",
    is_flag=True,
    help="Take their minutes of the whole day, also where they know those within the park's hours.",
)
@click.option("--csv", "csv_file", type=_WRITTEN, metavar="FILE", help="Write a row per park and per ride.")
@click.option("--days-csv", "days_file", type=_WRITTEN, metavar="FILE", help="Write a row per ride and day.")
@click.option(
    "--text", "text_file", type=_WRITTEN, metavar="FILE", help="Write a paragraph and a table in Markdown."
)
@pass_invocation
def command(
    invocation: Invocation,
    files: tuple[Path, ...],
    exceptions_file: Path | None,
    whole_day: bool,
    csv_file: Path | None,
    days_file: Path | None,
    text_file: Path | None,
) -> None:
    """Compare our downtime with daily minutes of operating, down and unknown of another source.

    FILE is what `themeparks-backfill` (package themeparks, 4.1 or newer) writes, CSV or JSON lines, a file
    a park. Parks and rides are matched by name; what matches nothing, or several, is listed. Counted are
    local days that both have: minutes that both call down, only we, only they, and unknown.

    Reads the database; writes to the terminal and the files named. Nothing to compare is exit status 1.
    """
    from park_downtime.commands.verify_csv import days_csv, rides_csv
    from park_downtime.commands.verify_table import left_out_lines, table_lines
    from park_downtime.commands.verify_text import markdown
    from park_downtime.jobs.verify import verify
    from park_downtime.whole_file import write_whole

    asked = ((csv_file, rides_csv), (days_file, days_csv), (text_file, markdown))
    written = [(path, made_of) for path, made_of in asked if path is not None]
    _refuse_the_same([path for path, _ in written], [*files, *([exceptions_file] if exceptions_file else [])])
    with invocation.database() as engine, progress("Reading") as tell:
        verified = verify(engine, files, exceptions_file, whole_day, tell)
    if not verified.days:
        say("\n".join(left_out_lines(verified)))
        raise click.ClickException(
            "nothing to compare: no day of a ride is in both; above stands which names were not matched"
        )
    for path, made_of in written:
        write_whole(path, made_of(verified).encode())
    say("\n".join(table_lines(verified)))
    for path, _ in written:
        say(f"Written: {path}")


def _refuse_the_same(written: list[Path], read: list[Path]) -> None:
    """Nothing that was read is written over, and no file twice."""
    seen = {path.resolve() for path in read}
    for path in written:
        if path.resolve() in seen:
            raise click.UsageError(f"{path} is named twice: what is written needs a file of its own")
        seen.add(path.resolve())
