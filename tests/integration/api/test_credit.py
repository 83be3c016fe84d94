"""Every page says "Data powered by Queue-Times.com", and the words lead where the site's owner asks."""

from __future__ import annotations

import re

import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

CREDIT = re.compile(r'<a href="https://queue-times\.com/en-US"[^>]*>Data powered by Queue-Times\.com<')
ELSEWHERE = re.compile(r'href="https?://queue-times\.com/?"')
PAGES = ("/", "/method.html", "/live", "/api/docs")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_the_credit(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert CREDIT.search(page)
    assert not ELSEWHERE.search(page)


def test_the_plain_ranking_has_it(without_dashboard: None, filled: Engine, make_app: MakeApp) -> None:
    page = make_app(filled).test_client().get("/").text
    assert CREDIT.search(page)
    assert not ELSEWHERE.search(page)


def test_the_api_keeps_its_words(client: FlaskClient) -> None:
    words = "Data powered by Queue-Times.com - https://queue-times.com"
    assert client.get("/api/now").get_json()["attribution"] == words
    assert client.get("/api/nothing").get_json()["attribution"] == words
    assert client.get("/api/now?format=csv").headers["X-Attribution"] == words
