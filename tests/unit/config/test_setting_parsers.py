"""Text of a setting to its value, and what is said of text that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from park_downtime.config import setting_parsers as parse


@pytest.mark.parametrize("text", ["true", "TRUE", "yes", "on", "1", " true "])
def test_words_for_yes(text: str) -> None:
    assert parse.yes_or_no(text) is True


@pytest.mark.parametrize("text", ["false", "No", "off", "0"])
def test_words_for_no(text: str) -> None:
    assert parse.yes_or_no(text) is False


@pytest.mark.parametrize("text", ["", "2", "ja", "truee"])
def test_other_words_are_neither(text: str) -> None:
    with pytest.raises(ValueError, match="must be true or false"):
        parse.yes_or_no(text)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("60", 60), (" 10 ", 10)])
def test_a_whole_number_within_its_bounds(text: str, number: int) -> None:
    assert parse.whole_number(1, 60)(text) == number


@pytest.mark.parametrize("text", ["0", "61", "-5", "7.5", "ten", ""])
def test_a_number_outside_its_bounds_or_none(text: str) -> None:
    with pytest.raises(ValueError, match="must be a whole number from 1 to 60"):
        parse.whole_number(1, 60)(text)


def test_one_of_is_read_without_regard_to_case_and_answers_the_known_spelling() -> None:
    assert parse.one_of("DEBUG", "INFO")("info") == "INFO"


def test_one_of_names_what_is_allowed() -> None:
    with pytest.raises(ValueError, match="must be one of DEBUG, INFO"):
        parse.one_of("DEBUG", "INFO")("WARN")


def test_a_list_is_separated_by_commas_and_empty_parts_are_left_out() -> None:
    assert parse.words(" North America , Europe,, ") == ("North America", "Europe")


def test_park_ids() -> None:
    assert parse.park_ids("5, 6,64") == {5, 6, 64}


@pytest.mark.parametrize("text", ["Epcot", "0", "-6", "5.0", "5 6", "²"])
def test_what_is_no_park_id(text: str) -> None:
    with pytest.raises(ValueError, match="must be Queue-Times park ids"):
        parse.park_ids(text)


def test_a_network_may_be_an_address_or_have_bits_set_outside_its_mask() -> None:
    assert parse.networks("127.0.0.1, 10.1.2.3/8, ::1") == ("127.0.0.1/32", "10.0.0.0/8", "::1/128")


def test_a_host_name_is_no_network() -> None:
    with pytest.raises(ValueError, match="must be addresses or networks such as"):
        parse.networks("localhost")


def test_a_web_address_loses_its_last_slash() -> None:
    assert parse.web_address("https://queue-times.com/") == "https://queue-times.com"


@pytest.mark.parametrize("text", ["queue-times.com", "ftp://queue-times.com", "https://", "https://a b"])
def test_what_is_no_web_address(text: str) -> None:
    with pytest.raises(ValueError, match="must be a full http:// or https:// address"):
        parse.web_address(text)


def test_origins() -> None:
    assert parse.origins("https://example.org, http://localhost:3000") == (
        "https://example.org",
        "http://localhost:3000",
    )
    assert parse.origins("*") == ("*",)


@pytest.mark.parametrize("text", ["example.org", "https://example.org/page", "null"])
def test_what_is_no_origin(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be \* or origins such as https://example.org"):
        parse.origins(text)


@pytest.mark.parametrize("text", ["none", "'none'", "None", ""])
def test_nobody_may_embed_the_dashboard(text: str) -> None:
    assert parse.frame_ancestors(text) == ()


def test_someone_may_embed_the_dashboard() -> None:
    assert parse.frame_ancestors("https://example.org") == ("https://example.org",)


@pytest.mark.parametrize(
    ("text", "number"), [("600 per minute", 600), ("60/minute", 60), (" 1 per minute ", 1)]
)
def test_a_rate_limit(text: str, number: int) -> None:
    assert parse.rate_limit(text) == number


@pytest.mark.parametrize("text", ["600", "0 per minute", "10 per hour", "many per minute"])
def test_what_is_no_rate_limit(text: str) -> None:
    with pytest.raises(ValueError, match="must read like '600 per minute'"):
        parse.rate_limit(text)


@pytest.mark.parametrize(
    "text",
    [
        "sqlite:///downtime.sqlite",
        "mysql://user:password@host/parks",
        "mysql+pymysql://user@host:3307/parks",
        "mariadb://user@host/parks",
    ],
)
def test_a_database_url(text: str) -> None:
    assert parse.database_url(text) == text


def test_what_is_no_url_at_all() -> None:
    with pytest.raises(ValueError, match="must be a database URL such as"):
        parse.database_url("parks")


def test_another_kind_of_database() -> None:
    with pytest.raises(ValueError, match="must start with one of sqlite://, mysql://, mariadb://"):
        parse.database_url("postgresql://host/parks")


def test_a_server_without_a_database() -> None:
    with pytest.raises(ValueError, match="must name a database after the host"):
        parse.database_url("mysql://user@host")


@pytest.mark.parametrize("text", ["https://a.example\r\nX-Evil: 1", "one; two", "one, two"])
def test_text_that_would_break_a_header(text: str) -> None:
    with pytest.raises(ValueError, match="must be one line without commas or semicolons"):
        parse.header_text(text)


def test_a_folder_is_absolute_and_knows_the_home_folder() -> None:
    assert parse.folder("~/spool") == Path.home() / "spool"
    assert parse.folder("spool") == Path.cwd() / "spool"
