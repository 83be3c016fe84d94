"""What a server says before it starts: which settings and which database it uses, and who could read them."""

from __future__ import annotations

from park_downtime.commands.saying import say
from park_downtime.config.secret_files import warn_of_exposed
from park_downtime.config.settings import Settings, masked, told_env_file


def tell_settings(settings: Settings) -> None:
    say(f"Settings: {told_env_file(settings)}")
    say(f"Database: {masked(settings.database_url)}")
    if settings.database_read_url:
        say(f"Read from: {masked(settings.database_read_url)}")
    warn_of_exposed(settings)
