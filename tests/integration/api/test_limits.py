"""How often one address may ask, and whose address it is."""

from __future__ import annotations

from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

URL = "/api/parks"


def statuses(client: FlaskClient, times: int, peer: str = "203.0.113.9", forwarded: str = "") -> list[int]:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return [
        client.get(URL, headers=headers, environ_base={"REMOTE_ADDR": peer}).status_code for _ in range(times)
    ]


def test_so_many_and_no_more(sqlite_engine: Engine, make_app: MakeApp) -> None:
    client = make_app(sqlite_engine, RATE_LIMIT="3 per minute").test_client()
    assert statuses(client, 4) == [200, 200, 200, 429]
    refused = client.get(URL, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    assert refused.get_json()["error"]["code"] == "RATE_LIMITED"


def test_errors_count_too(sqlite_engine: Engine, make_app: MakeApp) -> None:
    client = make_app(sqlite_engine, RATE_LIMIT="2 per minute").test_client()
    assert [client.get(f"{URL}?n={number}").status_code for number in range(3)] == [400, 400, 429]


def test_clients_behind_a_trusted_proxy_have_their_own(sqlite_engine: Engine, make_app: MakeApp) -> None:
    client = make_app(sqlite_engine, RATE_LIMIT="1 per minute", TRUSTED_PROXIES="127.0.0.1").test_client()
    assert statuses(client, 2, "127.0.0.1", "198.51.100.1") == [200, 429]
    assert statuses(client, 1, "127.0.0.1", "198.51.100.2") == [200]


def test_who_is_no_proxy_cannot_choose_its_address(sqlite_engine: Engine, make_app: MakeApp) -> None:
    client = make_app(sqlite_engine, RATE_LIMIT="1 per minute").test_client()
    assert statuses(client, 1, "203.0.113.9", "198.51.100.1") == [200]
    assert statuses(client, 1, "203.0.113.9", "198.51.100.2") == [429]


def test_a_limit_does_not_hide_an_answer_that_is_kept_from_others(
    sqlite_engine: Engine, make_app: MakeApp
) -> None:
    client = make_app(sqlite_engine, RATE_LIMIT="1 per minute").test_client()
    assert statuses(client, 2, "203.0.113.1") == [200, 429]
    assert statuses(client, 1, "203.0.113.2") == [200]
