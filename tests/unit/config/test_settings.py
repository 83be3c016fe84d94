"""Settings: where each comes from, every problem named at once, secrets never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from park_downtime.config import settings
from park_downtime.config.settings import (
    KNOWN,
    Settings,
    SettingsInvalid,
    load,
    masked,
    shown,
    told_env_file,
)

BY_NAME = {known.name: known for known in KNOWN}


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "no.env"


def loaded(nowhere: Path, **environment: str) -> Settings:
    return load(environment=environment, env_file=nowhere)


class TestDefaults:
    def test_the_feed_is_asked_every_ten_minutes(self, nowhere: Path) -> None:
        assert loaded(nowhere).queue_times_url == "https://queue-times.com"
        assert loaded(nowhere).collect_interval_minutes == 10
        assert loaded(nowhere).interval_seconds == 600
        assert loaded(nowhere).collect_enabled is True

    def test_north_america_is_tracked(self, nowhere: Path) -> None:
        assert loaded(nowhere).tracked_continents == ("North America",)
        assert loaded(nowhere).tracked_countries == ()
        assert loaded(nowhere).tracked_parks == frozenset()

    def test_everything_is_kept_in_the_users_data_folder(self, nowhere: Path) -> None:
        folder = settings.data_folder()
        assert loaded(nowhere).database_url == f"sqlite:///{folder / 'downtime.sqlite'}"
        assert loaded(nowhere).spool_dir == folder / "spool"

    def test_each_sqlite_file_has_an_archive_of_its_own(self, nowhere: Path) -> None:
        found = loaded(nowhere, DATABASE_URL="sqlite:////srv/replay.sqlite")
        assert str(found.archive_dir) == "/srv/replay.sqlite-archive"

    @pytest.mark.parametrize("url", ["mysql://user@host/downtime", "sqlite:///:memory:"])
    def test_that_of_another_database_is_in_the_data_folder(self, nowhere: Path, url: str) -> None:
        assert loaded(nowhere, DATABASE_URL=url).archive_dir == settings.data_folder() / "archive"

    def test_an_archive_can_be_anywhere(self, nowhere: Path) -> None:
        assert str(loaded(nowhere, ARCHIVE_DIR="/srv/archive").archive_dir) == "/srv/archive"

    def test_the_api_is_open_and_limited_per_address(self, nowhere: Path) -> None:
        assert loaded(nowhere).api_keys_required is False
        assert loaded(nowhere).rate_limit == 600
        assert loaded(nowhere).trusted_proxies == ()
        assert loaded(nowhere).cors_origins == ()
        assert loaded(nowhere).frame_ancestors == ()

    def test_what_is_not_set_is_none(self, nowhere: Path) -> None:
        assert loaded(nowhere).database_read_url is None
        assert loaded(nowhere).contact_url is None
        assert loaded(nowhere).aws_ssm_path is None


class TestSources:
    def test_environment_over_file_over_remote_over_default(self, tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_text("LOG_LEVEL=ERROR\nRATE_LIMIT=20 per minute\n")
        found = load(
            environment={"LOG_LEVEL": "DEBUG"},
            env_file=file,
            remote={"LOG_LEVEL": "WARNING", "RATE_LIMIT": "30 per minute", "COLLECT_INTERVAL_MINUTES": "5"},
        )
        assert (found.log_level, found.rate_limit, found.collect_interval_minutes) == ("DEBUG", 20, 5)
        assert found.sources["LOG_LEVEL"] == "environment"
        assert found.sources["RATE_LIMIT"] == ".env"
        assert found.sources["COLLECT_INTERVAL_MINUTES"] == "AWS SSM"
        assert found.sources["QUEUE_TIMES_URL"] == "default"

    def test_an_empty_value_counts_as_not_set(self, tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_text("LOG_LEVEL=\nRATE_LIMIT\n")
        found = load(environment={"COLLECT_INTERVAL_MINUTES": ""}, env_file=file)
        assert (found.log_level, found.rate_limit, found.collect_interval_minutes) == ("INFO", 600, 10)
        assert found.sources["COLLECT_INTERVAL_MINUTES"] == "default"

    def test_the_process_environment_and_the_env_file_of_the_folder_are_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / ".env").write_text("TRACKED_PARKS=5,6\n")
        monkeypatch.setenv("CONTACT_URL", "https://example.org/contact")
        monkeypatch.chdir(tmp_path)
        assert load().tracked_parks == {5, 6}
        assert load().contact_url == "https://example.org/contact"

    def test_every_setting_has_a_source(self, nowhere: Path) -> None:
        assert set(loaded(nowhere).sources) == set(BY_NAME)


class TestEnvFile:
    def test_the_one_that_was_read_is_known_by_its_full_path(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\n")
        monkeypatch.chdir(tmp_path)
        assert load().env_file == tmp_path / ".env"
        assert told_env_file(load()) == f"{tmp_path / '.env'} and the environment"

    def test_that_there_was_none_is_told_with_the_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert load().env_file is None
        assert told_env_file(load()) == f"no .env in {tmp_path}; the environment and defaults"


class TestProblems:
    def test_all_of_them_are_named_at_once_with_what_is_allowed(self, nowhere: Path) -> None:
        with pytest.raises(SettingsInvalid) as raised:
            loaded(nowhere, COLLECT_INTERVAL_MINUTES="0", LOG_LEVEL="LOUD", TRACKED_PARKS="5,Epcot")
        assert raised.value.problems == [
            "COLLECT_INTERVAL_MINUTES (from environment) must be a whole number from 1 to 60, not '0'",
            "TRACKED_PARKS (from environment) must be Queue-Times park ids separated by commas, "
            "such as 5,6,64, not '5,Epcot'",
            "LOG_LEVEL (from environment) must be one of DEBUG, INFO, WARNING, ERROR, not 'LOUD'",
        ]
        assert "LOG_LEVEL" in str(raised.value)

    def test_the_file_is_named_as_the_source(self, tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_text("COLLECT_ENABLED=maybe\n")
        with pytest.raises(SettingsInvalid, match=r"COLLECT_ENABLED \(from \.env\) must be true or false"):
            load(environment={}, env_file=file)

    def test_a_password_is_not_repeated(self, nowhere: Path) -> None:
        with pytest.raises(SettingsInvalid) as raised:
            loaded(nowhere, DATABASE_URL="postgresql://me:hunter2@host/parks")
        assert "DATABASE_URL" in str(raised.value)
        assert "hunter2" not in str(raised.value)

    def test_tracking_nothing_at_all_is_a_problem(self, nowhere: Path) -> None:
        with pytest.raises(SettingsInvalid, match="TRACKED_CONTINENTS names no continent"):
            loaded(nowhere, TRACKED_CONTINENTS=",")

    def test_naming_parks_makes_continents_unnecessary(self, nowhere: Path) -> None:
        assert loaded(nowhere, TRACKED_CONTINENTS=",", TRACKED_PARKS="6").tracked_parks == {6}


class TestShown:
    def test_a_password_is_masked_in_both_places(self) -> None:
        assert masked("mysql://me:hunter2@db/parks") == "mysql://me:***@db/parks"
        assert "hunter2" not in masked("mysql://me@db/parks?ssl_key_password=hunter2")

    def test_what_is_no_url_is_not_shown_at_all(self) -> None:
        assert masked("hunter2") == "***"

    @pytest.mark.parametrize(
        ("name", "value", "text"),
        [
            ("DATABASE_URL", "mysql://me:hunter2@db/parks", "mysql://me:***@db/parks"),
            ("TRACKED_PARKS", "64,5,6", "5, 6, 64"),
            ("TRACKED_COUNTRIES", "", "(none)"),
            ("TRACKED_PARKS", "", "(none)"),
            ("COLLECT_ENABLED", "no", "false"),
            ("COLLECT_INTERVAL_MINUTES", "5", "5"),
            ("CONTACT_URL", "", "(none)"),
        ],
    )
    def test_a_value_as_a_person_reads_it(self, nowhere: Path, name: str, value: str, text: str) -> None:
        assert shown(BY_NAME[name], loaded(nowhere, **{name: value})) == text

    def test_the_object_itself_can_be_printed_without_its_sources(self, nowhere: Path) -> None:
        assert "sources" not in repr(loaded(nowhere))


def test_each_known_setting_is_a_field_and_each_field_a_known_setting() -> None:
    fields = set(Settings.__dataclass_fields__) - {"sources", "env_file"}
    assert fields == {known.name.lower() for known in KNOWN}


def test_each_setting_says_what_it_means() -> None:
    assert [known.name for known in KNOWN if not known.meaning] == []
