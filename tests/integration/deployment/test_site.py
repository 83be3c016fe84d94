"""The page and the API through Apache and mod_wsgi, with the shipped configuration."""

from __future__ import annotations

import pytest
from apache import HOST, OTHER_HOST
from counted_backend import is_copy
from deployed_site import Site
from waiting import wait_until

from park_downtime.api.middleware.security_headers import ALWAYS, DASHBOARD

PARK, RIDE = 1, 1
BADGE = f"/badges/parks/{PARK}.svg"
ENDPOINTS = [
    "/api/health",
    "/api/parks",
    "/api/rides",
    "/api/now",
    "/api/parks/downtime?period=7days",
    f"/api/parks/{PARK}/details",
    f"/api/parks/{PARK}/timeline",
    BADGE,
    "/api/rides/downtime?period=30days",
    f"/api/rides/{RIDE}/details",
    "/api/rides/waittimes",
    "/api/trends?category=parks-improving",
    "/api/openapi.json",
    "/api/docs",
]


@pytest.mark.parametrize("path", ENDPOINTS)
def test_every_endpoint_answers(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert "Queue-Times.com" in answer.text


def test_the_page_and_what_it_needs_are_served(site: Site) -> None:
    assert site.get("/").headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Queue-Times.com" in site.get("/").text
    assert site.get("/css/styles.css").headers["Content-Type"] == "text/css; charset=utf-8"
    assert site.get("/js/app.js").headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_http_is_sent_to_https(site: Site) -> None:
    answer = site.ask("GET", "/api/parks?limit=1", url=f"http://127.0.0.1:{site.apache.http}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"https://{HOST}:{site.apache.https}/api/parks?limit=1"


def test_certificate_authorities_are_answered_over_http(site: Site) -> None:
    (site.apache.folder / "acme/.well-known/acme-challenge/token").write_text("answer", "utf-8")
    answer = site.ask("GET", "/.well-known/acme-challenge/token", url=f"http://127.0.0.1:{site.apache.http}")
    assert (answer.status_code, answer.text) == (200, "answer")


def test_browsers_are_told_to_stay_with_https(site: Site) -> None:
    assert site.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert site.get("/api/parks").headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/api/parks", "/api/parks/downtime?period=7days"])
def test_an_answer_of_the_api_is_confirmed_through_compression(site: Site, path: str) -> None:
    first = site.get(path, Accept_Encoding="gzip")
    again = site.get(path, Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert first.headers["Content-Encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("path", ["/", "/css/styles.css", "/js/app.js"])
def test_a_file_is_confirmed_through_compression(site: Site, path: str) -> None:
    first = site.get(path, Accept_Encoding="gzip")
    again = site.get(path, Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["Vary"] == "Accept-Encoding"
    assert (again.status_code, again.content) == (304, b"")


def test_pictures_and_fonts_may_be_kept_for_a_day_and_the_rest_is_asked_for(site: Site) -> None:
    kept = {
        path: site.get(path).headers["Cache-Control"]
        for path in ("/", "/js/app.js", "/assets/images/favicon.svg")
    }
    assert kept == {
        "/": "no-cache",
        "/js/app.js": "no-cache",
        "/assets/images/favicon.svg": "public, max-age=86400",
    }


@pytest.mark.parametrize("path", ["/", "/js/app.js", "/assets/images/favicon.svg", "/nothing"])
def test_files_carry_the_headers_that_the_api_gives_to_the_page(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert headers["Content-Security-Policy"] == f"{DASHBOARD}; frame-ancestors 'none'"
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/api/parks", "/api/nothing", "/live", "/feeds/parks/6.atom", BADGE, "/"])
def test_no_header_stands_twice(site: Site, path: str) -> None:
    headers = site.get(path).raw.headers
    once = ("Content-Security-Policy", "X-Frame-Options", "Cache-Control", "ETag", "X-Content-Type-Options")
    assert [name for name in once if len(headers.getlist(name)) > 1] == []


def test_an_unknown_path_of_the_api_is_its_own_json_error(site: Site) -> None:
    answer = site.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]["details"]["resource_id"] == "/api/nothing"


def test_feeds_are_answered_by_the_program(site: Site) -> None:
    """Of a park that it does not track it has none."""
    answer = site.get("/feeds/parks/6.atom")
    assert (answer.status_code, "X-Request-Id" in answer.headers) == (404, True)


def test_search_engines_are_told_the_way(site: Site) -> None:
    """The figures are simulated, which nobody shall find."""
    assert site.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert f"<loc>{site.apache.url}/?view=park&amp;park={PARK}</loc>" in site.get("/sitemap.xml").text


def test_pages_name_their_site(site: Site) -> None:
    assert f'<link rel="home" href="{site.apache.url}/">' in site.get("/").text
    canonical = f'<link rel="canonical" href="{site.apache.url}/method.html">'
    assert canonical in site.get("/method.html").text


@pytest.mark.parametrize("path", ["/apiary", "/feedsome", "/badgesome", "/robots.txts", "/.env",
                                  "/.git/config", "/js/../../complete", "/api/../.env"])  # fmt: skip
def test_what_is_not_public_is_not_served(site: Site, path: str) -> None:
    assert site.get(path).status_code in (403, 404)


def test_apache_repeats_what_mod_wsgi_answered(site: Site) -> None:
    """All that it never repeats is in test_site_cache.py."""
    answers = [site.get("/api/parks/downtime?period=30days") for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert is_copy(answers[-1])
    assert not is_copy(site.get("/api/health"))


def test_a_head_request_leaves_no_empty_copy(site: Site) -> None:
    head = site.ask("HEAD", "/api/trends?category=rides-improving&period=30days")
    got = site.get("/api/trends?category=rides-improving&period=30days")
    assert (head.status_code, head.content, got.json()["success"]) == (200, b"", True)


def test_a_large_body_is_refused_before_it_is_sent(site: Site) -> None:
    answer = site.ask("POST", "/api/parks", Content_Length="70000")
    assert answer.status_code == 413


def test_the_site_beside_ours_is_unharmed(site: Site) -> None:
    for port in (site.apache.other, site.apache.http):
        answer = site.ask("GET", "/", url=f"http://127.0.0.1:{port}", Host=OTHER_HOST)
        assert (answer.status_code, answer.text) == (200, "<title>Another site</title>")
        assert "Content-Security-Policy" not in answer.headers
        assert "Strict-Transport-Security" not in answer.headers


def test_the_path_of_our_api_is_not_on_the_site_beside_ours(site: Site) -> None:
    answer = site.ask("GET", "/api/health", url=f"http://127.0.0.1:{site.apache.other}", Host=OTHER_HOST)
    assert answer.status_code == 404


def test_what_goes_well_is_in_the_access_log_alone(site: Site) -> None:
    errors = site.apache.log()
    site.get("/api/parks?limit=3")
    # Apache writes the line once the answer has left.
    line = '"GET /api/parks?limit=3 HTTP/1.1" 200 '
    wait_until("its line", lambda: site.apache.accesses()[-1000:], lambda end: line in end)
    assert site.apache.log() == errors
