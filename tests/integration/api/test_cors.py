"""Pages of other origins may read what CORS_ORIGINS allows them, and nothing without it."""

from __future__ import annotations

from api_world import MakeApp
from sqlalchemy import Engine

ALLOW = "Access-Control-Allow-Origin"
URL = "/api/parks"


def headers(engine: Engine, make_app: MakeApp, origins: str, origin: str | None) -> dict[str, str]:
    client = make_app(engine, CORS_ORIGINS=origins).test_client()
    client.get(URL)
    return dict(client.get(URL, headers={"Origin": origin} if origin else {}).headers)


def test_without_the_setting_nobody_may(sqlite_engine: Engine, make_app: MakeApp) -> None:
    assert ALLOW not in headers(sqlite_engine, make_app, "", "https://example.org")


def test_everybody_may(sqlite_engine: Engine, make_app: MakeApp) -> None:
    assert headers(sqlite_engine, make_app, "*", "https://example.org")[ALLOW] == "*"


def test_those_named_may(sqlite_engine: Engine, make_app: MakeApp) -> None:
    said = headers(sqlite_engine, make_app, "https://example.org", "https://example.org")
    assert said[ALLOW] == "https://example.org"
    assert "ETag" in said["Access-Control-Expose-Headers"]
    assert "Origin" in said["Vary"]


def test_others_may_not_but_caches_are_told_that_it_depends(sqlite_engine: Engine, make_app: MakeApp) -> None:
    said = headers(sqlite_engine, make_app, "https://example.org", "https://evil.example")
    assert ALLOW not in said
    assert "Origin" in said["Vary"]


def test_an_origin_that_is_not_named_fills_no_shared_cache(sqlite_engine: Engine, make_app: MakeApp) -> None:
    kept = {
        origin: headers(sqlite_engine, make_app, "https://example.org", origin)["Cache-Control"].split(", ")
        for origin in ("https://example.org", "https://evil.example", None)
    }
    assert "public" in kept["https://example.org"]
    assert "public" in kept[None]
    assert set(kept["https://evil.example"]) == {"private", "max-age=10", "must-revalidate"}


def test_a_preflight_is_answered(sqlite_engine: Engine, make_app: MakeApp) -> None:
    client = make_app(sqlite_engine, CORS_ORIGINS="https://example.org").test_client()
    said = client.options(
        URL, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    ).headers
    assert said[ALLOW] == "https://example.org"
    assert said["Access-Control-Allow-Headers"] == "X-API-Key, If-None-Match"
