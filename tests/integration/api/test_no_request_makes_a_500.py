"""Whatever is asked, the answer is never an error of ours."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from api_world import MakeApp
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from park_downtime.api import spec

LONG = "a" * 5000
FIXED_PATHS = [
    "/",
    "/live",
    "/api/docs",
    "/api/openapi.json",
    f"/assets/{LONG}",
    f"/css/{LONG}/{LONG}.css",
    f"/js/{'b/' * 3000}",
    "/js/%00.js",
    "/assets/..%2f..%2fetc%2fpasswd",
    "/assets/%ff%fe",
    "/%e2%80%a8",
    f"/api/parks/{LONG}/details",
    "/api/rides/99999999999999999999/details",
]
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "*", "-1", "0", "9" * 40, "http://[::1", "//[", "0001-01-01", "9999-12-31", "2026-02-30", "NaN"]
    ),
    st.sampled_from(['W/"', '"', "*,*", '"' * 500, ",", "bytes=0-", "1e999", "\udcff", "[", "%", "\u0661"]),
)
HEADERS = ("Referer", "Origin", "If-None-Match", "If-Modified-Since", "Accept-Encoding", "Range",
           "X-Forwarded-For", "X-API-Key", "Sec-Fetch-Site", "Host", "Accept", "Cookie",
           "Access-Control-Request-Method", "Authorization", "Content-Length")  # fmt: skip
METHODS = st.sampled_from(
    ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "BREW", "get", "X" * 300]
)


def header_text(word: str) -> str:
    """As a server hands it on: one byte a character, no line ends."""
    return word.encode("utf-8", "surrogateescape").decode("latin-1").translate({10: None, 13: None, 0: None})


def operation_paths() -> list[str]:
    return [operation.path for operation in spec.operations().values()]


PATHS = st.one_of(
    st.sampled_from(FIXED_PATHS),
    st.tuples(st.sampled_from(operation_paths()), WORDS).map(
        lambda pair: (
            pair[0].split("{")[0]
            + (quote(pair[1].encode("utf-8", "surrogateescape")) + "/details" if "{" in pair[0] else "")
        )
    ),
    st.tuples(st.sampled_from(operation_paths()), st.sampled_from(["1", "6", "11", "2147483647"])).map(
        lambda pair: pair[0].replace("{park_id}", pair[1]).replace("{ride_id}", pair[1])
    ),
    st.text(max_size=80).map(lambda text: "/" + quote(text.encode("utf-8", "surrogateescape"))),
)
NAMES = st.one_of(
    st.sampled_from(
        ["date", "period", "limit", "offset", "sort", "order", "format", "park_id", "filter", "mode"]
    ),
    st.text(max_size=10),
)
QUERIES = st.lists(st.tuples(NAMES, WORDS), max_size=4)


@pytest.fixture(params=["open", "with keys", "another origin"])
def app(request: pytest.FixtureRequest, filled: Engine, make_app: MakeApp) -> Flask:
    chosen = {
        "open": {"TRUSTED_PROXIES": "127.0.0.1"},
        "with keys": {"API_KEYS_REQUIRED": "true"},
        "another origin": {"CORS_ORIGINS": "https://example.org"},
    }[request.param]
    return make_app(filled, **chosen, RATE_LIMIT="1000000 per minute")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=PATHS,
    query=QUERIES,
    raw=st.binary(max_size=40),
    headers=st.dictionaries(st.sampled_from(HEADERS), WORDS, max_size=4),
    method=METHODS,
)
def test_any_request(
    app: Flask, path: str, query: list[tuple[str, str]], raw: bytes, headers: dict[str, str], method: str
) -> None:
    pairs = "&".join(
        f"{quote(name)}={quote(word.encode('utf-8', 'surrogateescape'))}" for name, word in query
    )
    environ = {
        "REQUEST_METHOD": method,
        "QUERY_STRING": pairs + raw.decode("latin-1"),
        **{f"HTTP_{name.upper().replace('-', '_')}": header_text(word) for name, word in headers.items()},
    }
    answer = app.test_client().open(path, environ_overrides=environ)
    assert answer.status_code < 500, (method, path, environ)
    answer.get_data()


@pytest.mark.parametrize("path", FIXED_PATHS)
def test_odd_paths_without_anything_else(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code < 500


def test_a_file_name_longer_than_any_file_has_is_not_found(filled: Engine, make_app: MakeApp) -> None:
    assert make_app(filled).test_client().get(f"/assets/{LONG}").status_code == 404


@pytest.mark.parametrize("referrer", ["http://[::1", "//[", "http://a]b/"])
def test_a_referrer_that_is_no_address_opens_nothing(
    filled: Engine, make_app: MakeApp, referrer: str
) -> None:
    client = make_app(filled, API_KEYS_REQUIRED="true").test_client()
    assert client.get("/api/parks", headers={"Referer": referrer}).status_code == 401
