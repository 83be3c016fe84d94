"""Where a demo keeps its world, and the settings with which it reads and writes nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from park_downtime.config.settings import Settings, archive_beside, data_folder

DEFAULT_SEED = 1


def demo_database(seed: int = DEFAULT_SEED) -> Path:
    """The file that the demo goes on with at its next start; each seed is a world of its own."""
    return data_folder() / ("demo.sqlite" if seed == DEFAULT_SEED else f"demo-{seed}.sqlite")


def of_database(settings: Settings, file: Path) -> Settings:
    """The settings in force, but with the demo's database, spool and archive."""
    return replace(
        settings,
        database_url=f"sqlite:///{file.absolute()}",
        database_read_url=None,
        spool_dir=file.absolute().with_name(file.name + "-spool"),
        archive_dir=archive_beside(f"sqlite:///{file.absolute()}"),
    )


def demo_settings(settings: Settings, file: Path, feed_url: str) -> Settings:
    """Also its feed: nothing real is asked."""
    return replace(
        of_database(settings, file),
        queue_times_url=feed_url,
        collect_enabled=True,
        tracked_continents=("*",),
        tracked_countries=(),
        tracked_parks=frozenset(),
    )
