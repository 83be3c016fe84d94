"""Files that hold secrets, and whether others than their owner may read them."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import make_url

from park_downtime.config.settings import Settings

log = logging.getLogger(__name__)

NAMED_BY_THE_DATABASE = ("read_default_file", "ssl_key")
NAMED_FOR_AWS = ("AWS_SHARED_CREDENTIALS_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE")
AWS_CREDENTIALS = Path(".aws") / "credentials"
ROOT = 0


class Exposed(NamedTuple):
    """A file that too many may read, and the command that mends it."""

    path: Path
    who: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path} can be read by {self.who}: {self.mend}"


def warn_of_exposed(settings: Settings) -> None:
    """One line in the log, where there is anything to say."""
    exposed = exposed_files(settings)
    if exposed:
        log.warning("secrets are not kept: %s", "; ".join(map(str, exposed)))


def exposed_files(settings: Settings, environment: Mapping[str, str] = os.environ) -> list[Exposed]:
    """Of the files in force, those that hold secrets and do not keep them."""
    found = (exposed(path) for path in dict.fromkeys(_secret_files(settings, environment)))
    return [one for one in found if one is not None]


def _secret_files(settings: Settings, environment: Mapping[str, str]) -> Iterator[Path]:
    if settings.env_file is not None:
        yield settings.env_file
    for url in (settings.database_url, settings.database_read_url):
        query = make_url(url).query if url else {}
        for name in NAMED_BY_THE_DATABASE:
            if isinstance(path := query.get(name), str):
                yield Path(path).expanduser()
    if settings.aws_ssm_path:
        yield Path("~").expanduser() / AWS_CREDENTIALS
        yield from (Path(environment[name]) for name in NAMED_FOR_AWS if environment.get(name))


def exposed(path: Path) -> Exposed | None:
    """None where all is well, or there is no such file.

    What root has handed to a group is meant for it: so the settings of an installation are kept.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    is_handed_on = status.st_uid == ROOT
    if status.st_mode & (stat.S_IROTH | stat.S_IWOTH):
        who = "everyone on this machine"
    elif status.st_mode & (stat.S_IRGRP | stat.S_IWGRP) and not is_handed_on:
        who = "its group"
    else:
        return None
    return Exposed(path, who, f"chmod {'o' if is_handed_on else 'go'}-rwx {path}")
