"""What a command prints: every line as it is meant, whatever the words in it hold."""

from __future__ import annotations

import click

from park_downtime.config.secret_files import warn_of_exposed
from park_downtime.config.settings import Settings, masked, told_env_file
from park_downtime.plain_text import escaped_lines


def say(text: str = "", err: bool = False) -> None:
    click.echo(escaped_lines(text), err=err)


def tell_settings(settings: Settings) -> None:
    say(f"Settings: {told_env_file(settings)}")
    say(f"Database: {masked(settings.database_url)}")
    if settings.database_read_url:
        say(f"Read from: {masked(settings.database_read_url)}")
    warn_of_exposed(settings)
