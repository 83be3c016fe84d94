"""Every setting of the program in one frozen object, validated at start.

A value is looked up in the environment, then in `.env`, then in AWS SSM (`remote`, read by ssm.py where
AWS_SSM_PATH is set), then in the defaults below.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from platformdirs import user_data_path
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from park_downtime.config import setting_parsers as parse

ENV_FILE = ".env"


class SettingsInvalid(Exception):
    """Some settings cannot be used; the message names each of them and what is allowed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Known:
    """One setting: its default as text, how it is read, and what it means."""

    name: str
    default: str
    parser: parse.Parser
    meaning: str
    is_secret: bool = False


def data_folder() -> Path:
    """The user's folder for what this program keeps: embedded database, spool, samples."""
    return user_data_path("park-downtime")


def _default_database_url() -> str:
    return f"sqlite:///{data_folder() / 'downtime.sqlite'}"


def archive_beside(database_url: str) -> Path:
    """Where the archive of a database lies unless ARCHIVE_DIR says so: beside a SQLite file, so that a
    replay into a file of its own leaves the archive of the live one alone.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return data_folder() / "archive"
    file = Path(str(url.database)).absolute()
    return file.with_name(file.name + "-archive")


KNOWN: tuple[Known, ...] = (
    Known(
        "DATABASE_URL", "", parse.database_url, "where everything is stored (SQLite, MySQL, MariaDB)", True
    ),
    Known("DATABASE_READ_URL", "", parse.database_url, "a replica that the API reads from", True),
    Known("QUEUE_TIMES_URL", "https://queue-times.com", parse.web_address, "the feed"),
    Known("COLLECT_ENABLED", "true", parse.yes_or_no, "whether `run` and `collect` ask the feed"),
    Known("COLLECT_INTERVAL_MINUTES", "10", parse.whole_number(1, 60), "minutes between cycles"),
    Known("TRACKED_CONTINENTS", "North America", parse.words, "continents to track; * for all"),
    Known("TRACKED_COUNTRIES", "", parse.words, "when set, only these countries"),
    Known("TRACKED_PARKS", "", parse.park_ids, "when set, exactly these Queue-Times park ids"),
    Known("CONTACT_URL", "", parse.header_text, "how the feed's owner reaches you; part of the User-Agent"),
    Known("PUBLIC_URL", "", parse.web_address, "the site's own address, for search engines and shared links"),
    Known("API_KEYS_REQUIRED", "false", parse.yes_or_no, "whether the API wants X-API-Key"),
    Known("RATE_LIMIT", "600 per minute", parse.rate_limit, "requests of one address"),
    Known("TRUSTED_PROXIES", "", parse.networks, "proxies whose X-Forwarded-For is believed"),
    Known("CORS_ORIGINS", "", parse.origins, "origins whose pages may call the API; * for all"),
    Known("FRAME_ANCESTORS", "none", parse.frame_ancestors, "origins that may embed the dashboard"),
    Known("LOG_LEVEL", "INFO", parse.one_of("DEBUG", "INFO", "WARNING", "ERROR"), "least severe log line"),
    Known("LOG_FORMAT", "auto", parse.one_of("auto", "json", "text"), "auto: text on a terminal, else json"),
    Known("METRICS_NAMESPACE", "", parse.text, "namespace of the CloudWatch metrics that JSON logs carry"),
    Known("AWS_SSM_PATH", "", parse.text, "path prefix of settings kept in AWS SSM"),
    Known("SPOOL_DIR", "", parse.folder, "locks, readings waiting for the database, rejected samples"),
    Known("ARCHIVE_DIR", "", parse.folder, "the stretches of closed days, kept for ever"),
    Known("DATA_LICENSE", "", parse.text, "the licence under which `publish` gives the data"),
    Known("LLM_BASE_URL", "", parse.web_address, "a language model to ask about unknown rides (optional)"),
    Known("LLM_MODEL", "", parse.text, "the name of that model"),
    Known("LLM_API_KEY", "", parse.text, "the key for it", True),
    Known("LLM_CACHE", "", parse.folder, "the file that keeps what the model answered"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings in force. Durations carry their unit in the name; empty tuples mean none.

    `env_file`: the `.env` that was read; None where there was none.
    """

    database_url: str
    database_read_url: str | None
    queue_times_url: str
    collect_enabled: bool
    collect_interval_minutes: int
    tracked_continents: tuple[str, ...]
    tracked_countries: tuple[str, ...]
    tracked_parks: frozenset[int]
    contact_url: str | None
    public_url: str | None
    api_keys_required: bool
    rate_limit: int
    trusted_proxies: tuple[str, ...]
    cors_origins: tuple[str, ...]
    frame_ancestors: tuple[str, ...]
    log_level: str
    log_format: str
    metrics_namespace: str | None
    aws_ssm_path: str | None
    spool_dir: Path
    archive_dir: Path
    data_license: str | None
    llm_base_url: str | None
    llm_model: str | None
    llm_api_key: str | None
    llm_cache: Path
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    env_file: Path | None = field(default=None, compare=False, repr=False)

    @property
    def interval_seconds(self) -> int:
        return self.collect_interval_minutes * 60


def load(
    environment: Mapping[str, str] | None = None,
    env_file: Path | None = None,
    remote: Mapping[str, str] | None = None,
) -> Settings:
    """Read all settings; raises SettingsInvalid naming every problem at once."""
    file = (env_file if env_file is not None else Path(ENV_FILE)).absolute()
    layers = (
        ("environment", dict(os.environ if environment is None else environment)),
        (".env", _read_env_file(file)),
        ("AWS SSM", dict(remote or {})),
        ("default", _defaults()),
    )
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    problems: list[str] = []
    for known in KNOWN:
        source, raw = next(
            (source, layer[known.name])
            for source, layer in layers
            if layer.get(known.name) or source == "default"
        )
        sources[known.name] = source
        try:
            values[known.name.lower()] = known.parser(raw) if raw else _empty(known)
        except ValueError as error:
            shown = "" if known.is_secret else f", not {raw!r}"
            problems.append(f"{known.name} (from {source}) {error}{shown}")
    if not problems and not (values["tracked_continents"] or values["tracked_parks"]):
        problems.append("TRACKED_CONTINENTS names no continent: use * for all, or set TRACKED_PARKS")
    if problems:
        raise SettingsInvalid(problems)
    if values["archive_dir"] is None:
        values["archive_dir"] = archive_beside(values["database_url"])
    return Settings(**values, sources=sources, env_file=file if file.is_file() else None)


def _defaults() -> dict[str, str]:
    defaults = {known.name: known.default for known in KNOWN}
    defaults["DATABASE_URL"] = _default_database_url()
    defaults["SPOOL_DIR"] = str(data_folder() / "spool")
    defaults["LLM_CACHE"] = str(data_folder() / "language_model_answers.json")
    return defaults


def _empty(known: Known) -> Any:
    """An unset setting without a default: an empty list where it is one, else None."""
    return (
        known.parser("")
        if known.parser in (parse.words, parse.park_ids, parse.networks, parse.origins)
        else None
    )


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    return {name: value for name, value in dotenv_values(path).items() if value is not None}


def shown(known: Known, settings: Settings) -> str:
    """The value in force as a person may see it: passwords masked, sets sorted."""
    value = getattr(settings, known.name.lower())
    if value is None or value in ((), frozenset()):
        return "(none)"
    if known.is_secret:
        return masked(str(value))
    if isinstance(value, tuple | frozenset):
        return ", ".join(str(part) for part in sorted(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def told_env_file(settings: Settings) -> str:
    """Where the settings come from: it decides which database is used, and depends on the folder."""
    if settings.env_file is not None:
        return f"{settings.env_file} and the environment"
    return f"no {ENV_FILE} in {Path.cwd()}; the environment and defaults"


def tracked_scope(settings: Settings) -> str:
    """Which of the settings chooses the parks, and what it says."""
    if settings.tracked_parks:
        return f"TRACKED_PARKS={','.join(map(str, sorted(settings.tracked_parks)))}"
    scope = f"TRACKED_CONTINENTS={','.join(settings.tracked_continents)}"
    if settings.tracked_countries:
        scope += f" TRACKED_COUNTRIES={','.join(settings.tracked_countries)}"
    return scope


def masked(database_url: str) -> str:
    """The URL without its password, also where one stands among the query's parameters."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        return "***"
    hidden = {name: "***" if "pass" in name.lower() else value for name, value in url.query.items()}
    return url.set(query=hidden).render_as_string(hide_password=True)
