"""What a command prints: every line as it is meant, whatever the words in it hold."""

from __future__ import annotations

import click

from park_downtime.plain_text import escaped_lines


def say(text: str = "", err: bool = False) -> None:
    click.echo(escaped_lines(text), err=err)
