"""API keys: hashes only, counted per hour and day across processes, revoked within a second or so."""

from __future__ import annotations

from datetime import timedelta

import api_world
import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from park_downtime.api.middleware.key_usage import PER_DAY, PER_HOUR, KeyUsage
from park_downtime.api.pages import dashboard
from park_downtime.database.engine import reading, writing
from park_downtime.database.keys import (
    KeyNotFound,
    add_usage,
    create_key,
    list_keys,
    revoke_key,
    usage_since,
)
from park_downtime.database.statistics_tables import api_keys

NOW = api_world.NOW
HOUR = NOW.replace(minute=0, second=0)
URL = "/api/parks"


def new_key(engine: Engine, name: str = "somebody") -> tuple[int, str]:
    with writing(engine) as connection:
        return create_key(connection, name, NOW)


def locked(engine: Engine, make_app: MakeApp) -> FlaskClient:
    return make_app(engine, API_KEYS_REQUIRED="true").test_client()


def status(client: FlaskClient, key: str | None = None, url: str = URL, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(url, headers=sent | ({"X-API-Key": key} if key else {})).status_code


def test_only_the_hash_is_stored(engine: Engine) -> None:
    _, key = new_key(engine)
    with reading(engine) as connection:
        [row] = connection.execute(select(api_keys)).all()
    assert key not in str(row)
    assert len(row.key_hash) == 64


def test_a_key_is_listed_with_its_use(engine: Engine) -> None:
    key_id, _ = new_key(engine, "a journalist")
    with writing(engine) as connection:
        add_usage(connection, {(key_id, HOUR - timedelta(hours=1)): 4, (key_id, HOUR): 3})
        add_usage(connection, {(key_id, HOUR): 2})
        [found] = list_keys(connection)
    assert (found.name, found.request_count, found.last_used_at) == ("a journalist", 9, HOUR)


def test_a_revoked_key_cannot_be_revoked_again(engine: Engine) -> None:
    key_id, _ = new_key(engine)
    with writing(engine) as connection:
        revoke_key(connection, key_id, NOW)
        with pytest.raises(KeyNotFound, match=str(key_id)):
            revoke_key(connection, key_id, NOW)


def test_without_a_key_nothing_but_health_and_the_description(
    sqlite_engine: Engine, make_app: MakeApp
) -> None:
    client = locked(sqlite_engine, make_app)
    assert [status(client, url=url) for url in (URL, "/api/now", "/api/health", "/api/docs")] == [
        401,
        401,
        200,
        200,
    ]


@pytest.mark.parametrize("key", ["wrong", "x" * 100_000])
def test_a_wrong_key(sqlite_engine: Engine, make_app: MakeApp, key: str) -> None:
    assert status(locked(sqlite_engine, make_app), key) == 401


def test_a_key_opens_and_the_answer_is_private(sqlite_engine: Engine, make_app: MakeApp) -> None:
    _, key = new_key(sqlite_engine)
    answer = locked(sqlite_engine, make_app).get(URL, headers={"X-API-Key": key})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (
        200,
        "private, max-age=0, must-revalidate",
    )


def test_the_dashboard_needs_none(sqlite_engine: Engine, make_app: MakeApp) -> None:
    client = locked(sqlite_engine, make_app)
    assert status(client, Sec_Fetch_Site="same-origin") == 200
    assert status(client, Sec_Fetch_Site="cross-site", Referer="http://localhost/") == 401
    assert status(client, Referer="http://localhost/?view=rides") == 200
    assert status(client, Referer="http://evil.example/") == 401


def test_a_hundred_an_hour(sqlite_engine: Engine, make_app: MakeApp) -> None:
    _, key = new_key(sqlite_engine)
    client = locked(sqlite_engine, make_app)
    assert [status(client, key) for _ in range(PER_HOUR)] == [200] * PER_HOUR
    refused = client.get(URL, headers={"X-API-Key": key})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == 8 * 60  # it is 17:52


def test_a_thousand_a_day(engine: Engine) -> None:
    key_id, key = new_key(engine)
    with writing(engine) as connection:
        add_usage(connection, {(key_id, HOUR - timedelta(hours=n)): 100 for n in range(1, 11)})
    usage = KeyUsage(engine)
    assert usage.key_id(key, NOW) == key_id
    assert usage.count(key_id, NOW) == 6 * 3600 + 8 * 60
    assert PER_DAY == 1000


def test_a_new_hour_allows_again(engine: Engine) -> None:
    key_id, key = new_key(engine)
    with writing(engine) as connection:
        add_usage(connection, {(key_id, HOUR): PER_HOUR})
    usage = KeyUsage(engine)
    usage.key_id(key, NOW)
    assert usage.count(key_id, NOW) > 0
    assert usage.count(key_id, NOW + timedelta(hours=1)) == 0


def test_what_two_processes_count_is_added_up(engine: Engine) -> None:
    key_id, key = new_key(engine)
    one, other = KeyUsage(engine), KeyUsage(engine)
    for usage in (one, other):
        usage.key_id(key, NOW)
        assert [usage.count(key_id, NOW) for _ in range(3)] == [0] * 3
    one.merge(NOW)
    other.merge(NOW)
    with reading(engine) as connection:
        assert usage_since(connection, HOUR) == {(key_id, HOUR): 6}


def test_a_revoked_key_is_refused_after_the_next_look(engine: Engine) -> None:
    key_id, key = new_key(engine)
    seconds = [0.0]
    usage = KeyUsage(engine, lambda: seconds[0])
    assert usage.key_id(key, NOW) == key_id
    with writing(engine) as connection:
        revoke_key(connection, key_id, NOW)
    seconds[0] = 1.5
    assert usage.key_id(key, NOW) is None


@pytest.mark.parametrize("path", ["/live", "/live?x=1"])
def test_the_page_without_script_is_under_the_rule_of_the_api(
    sqlite_engine: Engine, make_app: MakeApp, path: str
) -> None:
    _, key = new_key(sqlite_engine)
    client = locked(sqlite_engine, make_app)
    assert status(client, url=path) == 401
    assert status(client, key, url=path) == 200
    assert status(client, url=path, Sec_Fetch_Site="same-origin") == 200
    assert make_app(sqlite_engine).test_client().get(path).status_code == 200


def test_the_ranking_page_is_too(
    sqlite_engine: Engine, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "dashboard_folder", lambda settings: None)
    assert status(locked(sqlite_engine, make_app), url="/") == 401


def test_processes_that_ask_in_turns_share_one_limit(engine: Engine) -> None:
    key_id, key = new_key(engine)
    processes = [KeyUsage(engine) for _ in range(4)]
    for usage in processes:
        assert usage.key_id(key, NOW) == key_id
    allowed = sum(processes[number % 4].count(key_id, NOW) == 0 for number in range(200))
    assert allowed == PER_HOUR


def test_a_process_that_asks_in_a_burst_learns_of_the_others(engine: Engine) -> None:
    key_id, key = new_key(engine)
    first, second = KeyUsage(engine), KeyUsage(engine)
    for usage in (first, second):
        usage.key_id(key, NOW)
    assert [first.count(key_id, NOW) for _ in range(79)] == [0] * 79
    allowed = sum(second.count(key_id, NOW) == 0 for _ in range(79))
    assert 79 + allowed <= 1.05 * PER_HOUR


def test_what_was_refused_is_not_counted(engine: Engine) -> None:
    key_id, key = new_key(engine)
    usage = KeyUsage(engine)
    usage.key_id(key, NOW)
    for _ in range(150):
        usage.count(key_id, NOW)
    with reading(engine) as connection:
        assert usage_since(connection, HOUR) == {(key_id, HOUR): PER_HOUR}
