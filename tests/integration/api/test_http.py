"""What HTTP promises: validators, methods, compression, errors, headers."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.config.logs import REQUESTS

RANKING = "/api/parks/downtime"


def error_of(client: FlaskClient, url: str, method: str = "GET") -> tuple[int, dict[str, Any]]:
    answer = client.open(url, method=method)
    body = answer.get_json()
    assert body["success"] is False
    assert body["attribution"].startswith("Data powered by Queue-Times.com")
    return answer.status_code, body["error"]


def test_an_answer_that_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(RANKING).headers["ETag"]
    again = client.get(RANKING, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "Content-Type" not in again.headers


def test_a_cache_that_names_itself_gets_whole_what_it_may_keep(client: FlaskClient) -> None:
    tag = client.get(RANKING).headers["ETag"]
    asked = {"If-None-Match": tag, "Surrogate-Capability": 'apache="mod_cache"'}
    statuses = [client.get(url, headers=asked).status_code for url in (RANKING, f"{RANKING}?limit=050")]
    assert statuses == [200, 304]


@pytest.mark.parametrize("said", ["{tag}", '"other", {tag}', "*"])
def test_if_none_match_may_name_several(client: FlaskClient, said: str) -> None:
    tag = client.get(RANKING).headers["ETag"]
    assert client.get(RANKING, headers={"If-None-Match": said.format(tag=tag)}).status_code == 304


def test_another_tag_gets_the_answer(client: FlaskClient) -> None:
    assert client.get(RANKING, headers={"If-None-Match": '"other"'}).status_code == 200


def test_caches_in_front_may_keep_an_answer_shortly(client: FlaskClient) -> None:
    headers = client.get(RANKING).headers
    assert headers["Cache-Control"] == "public, max-age=10, must-revalidate"
    assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "url",
    [
        RANKING,
        f"{RANKING}?period=7days&limit=3",
        f"{RANKING}?format=csv",
        "/api/parks/6/details",
        "/api/openapi.json",
        "/live",
    ],
)
def test_caches_in_front_may_keep_an_answer_under_a_canonical_address(client: FlaskClient, url: str) -> None:
    assert client.get(url).headers["Cache-Control"] == "public, max-age=10, must-revalidate"


@pytest.mark.parametrize(
    "url",
    [
        f"{RANKING}?limit=3&period=7days",
        f"{RANKING}?period=%37days",
        f"{RANKING}?limit=003",
        "/api/parks/06/details",
        "/live?utm_source=mail",
    ],
)
def test_another_spelling_is_answered_and_kept_by_no_shared_cache(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (
        200,
        "private, max-age=10, must-revalidate",
    )


def test_errors_are_not_kept(client: FlaskClient) -> None:
    assert client.get(RANKING + "?x=1").headers["Cache-Control"] == "no-store"


def test_compressed_where_the_client_can(client: FlaskClient) -> None:
    plain = client.get(RANKING)
    for _ in range(2):  # made, and kept
        packed = client.get(RANKING, headers={"Accept-Encoding": "br, gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_not_compressed_where_the_client_refuses(client: FlaskClient) -> None:
    answer = client.get(RANKING, headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers


def test_head_has_the_headers_of_get_and_no_body(client: FlaskClient) -> None:
    got, head = client.get(RANKING), client.head(RANKING)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


def test_options_says_what_there_is(client: FlaskClient) -> None:
    answer = client.options(RANKING)
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (200, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_else_is_allowed(client: FlaskClient, method: str) -> None:
    status, error = error_of(client, RANKING, method)
    assert (status, error["code"]) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("url", ["/api", "/api/nothing", "/api/parks/", "/api//parks", "/api/parks/6"])
def test_nothing_there(client: FlaskClient, url: str) -> None:
    status, error = error_of(client, url)
    assert (status, error["code"], error["details"]["resource_type"]) == (
        404,
        "RESOURCE_NOT_FOUND",
        "endpoint",
    )


@pytest.mark.parametrize(
    ("url", "kind", "number"),
    [
        ("/api/parks/99/details", "park", 99),
        ("/api/parks/99/timeline", "park", 99),
        ("/api/rides/99/details", "ride", 99),
        ("/api/rides/downtime?park_id=99", "park", 99),
    ],
)
def test_what_is_not_tracked(client: FlaskClient, url: str, kind: str, number: int) -> None:
    status, error = error_of(client, url)
    assert (status, error["details"]) == (404, {"resource_type": kind, "resource_id": number})


def test_a_day_without_timeline_names_the_first_one(client: FlaskClient) -> None:
    status, error = error_of(client, "/api/parks/6/timeline?date=2026-06-01")
    assert (status, error["details"]["first_date"]) == (404, "2026-07-01")


@pytest.mark.parametrize("number", ["x", "0", "-1", "1.5", "99999999999", "%20"])
def test_an_id_that_is_none(client: FlaskClient, number: str) -> None:
    status, error = error_of(client, f"/api/parks/{number}/details")
    assert (status, error["details"]["parameter"]) == (400, "park_id")


def test_parameters_are_echoed(client: FlaskClient) -> None:
    answer = client.get("/api/rides/downtime?period=7days&limit=3&park_id=6").get_json()
    assert {name: answer[name] for name in ("period", "limit", "park_id", "offset", "filter")} == {
        "period": "7days",
        "limit": 3,
        "park_id": 6,
        "offset": 0,
        "filter": "all-parks",
    }


def test_csv_is_a_file_with_its_credit(client: FlaskClient) -> None:
    answer = client.get("/api/trends?category=rides-declining&format=csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="trends-rides-declining-7days.csv"'
    assert answer.headers["X-Attribution"] == "Data powered by Queue-Times.com - https://queue-times.com"
    assert answer.text.startswith("rank,ride_id,ride_name,")


def test_what_goes_wrong_inside_is_logged_and_not_told(
    filled: Engine, make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(filled)

    def break_down() -> str:
        raise KeyError("the secret of the house")

    app.add_url_rule("/api/broken", "broken", break_down)
    status, error = error_of(app.test_client(), "/api/broken")
    assert (status, error["code"]) == (500, "INTERNAL_ERROR")
    assert "secret" not in json.dumps(error)
    [record] = [record for record in caplog.records if record.exc_info]
    assert record.request_id == error["details"]["error_id"]  # type: ignore[attr-defined]


def test_every_answer_has_its_own_request_id(client: FlaskClient) -> None:
    ids = {client.get(url).headers["X-Request-Id"] for url in (RANKING, RANKING, RANKING, "/api/nothing")}
    assert len(ids) == 4


def test_the_log_has_the_request_id_and_no_address(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger=REQUESTS)
    given = client.get(RANKING, environ_base={"REMOTE_ADDR": "203.0.113.77"}).headers["X-Request-Id"]
    [record] = [record for record in caplog.records if record.message == "request"]
    assert record.request_id == given  # type: ignore[attr-defined]
    assert "203.0.113.77" not in str(record.__dict__)


@pytest.mark.parametrize("url", [RANKING, "/api/nothing", "/api/health", "/api/docs", "/live", "/"])
def test_security_headers_are_everywhere(client: FlaskClient, url: str) -> None:
    for _ in range(2):
        headers = client.get(url).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_frames_are_allowed_for_those_named(filled: Engine, make_app: MakeApp) -> None:
    client = make_app(filled, FRAME_ANCESTORS="https://example.org").test_client()
    headers = client.get("/live").headers
    assert "frame-ancestors https://example.org" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
