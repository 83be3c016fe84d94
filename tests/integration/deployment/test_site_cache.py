"""What the shipped Apache repeats of the API's answers, and what it never does. The program behind it is
counted: an answer that did not reach it is a copy.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import apache
import api_world
import pytest
import requests
from apache import OTHER_HOST
from counted_backend import CachingSite, CountedBackend, caching_apache, is_copy
from deployed_site import ask
from flask import Flask
from sqlalchemy import Engine
from waiting import wait_until

from park_downtime.api.app import create_app
from park_downtime.api.app_context import service_of
from park_downtime.api.caching import cached_response
from park_downtime.api.middleware.errors import Unavailable
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.keys import create_key
from park_downtime.database.version import bump_version

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

USER = "www-data"
ORIGIN = "https://partner.example"

Make = Callable[..., Flask]


@pytest.fixture(scope="module")
def filled(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    file = tmp_path_factory.mktemp("cached") / "filled.sqlite"
    shutil.copyfile(migrated_sqlite, file)
    engine = make_engine(f"sqlite:///{file}")
    api_world.fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def make(filled: Engine, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """The program over the drawn parks; words are settings."""
    folder = tmp_path_factory.mktemp("settings")

    def made(**settings: str) -> Flask:
        values = api_world.settings_for(folder, **settings)
        return create_app(values, filled, clock=lambda: api_world.NOW)

    return made


@pytest.fixture(scope="module")
def backend(make: Make) -> Iterator[CountedBackend]:
    started = CountedBackend(make())
    yield started
    started.stop()


@pytest.fixture(scope="module")
def started(
    need: Callable[[str | None], None], open_folder: Path, backend: CountedBackend
) -> Iterator[CachingSite]:
    need(apache.missing_part())
    folder = open_folder / "caching"
    folder.mkdir(mode=0o755)
    server = caching_apache(folder, backend, USER)
    server.start()
    yield CachingSite(server, backend)
    server.stop()


@pytest.fixture
def site(started: CachingSite, make: Make) -> Iterator[CachingSite]:
    """With the program as it is by default."""
    default = started.backend.app
    yield started
    started.backend.app = default


numbers = count(1)


@pytest.fixture
def address() -> str:
    """One that no other test has asked for."""
    return f"/api/parks/downtime?limit={next(numbers)}"


def test_an_answer_is_asked_for_once(site: CachingSite, address: str) -> None:
    answers = [site.get(address) for _ in range(3)]
    assert [is_copy(answer) for answer in answers] == [False, True, True]
    assert len({answer.content for answer in answers}) == 1
    assert site.reached(address) == 1


def test_a_copy_has_the_headers_of_the_answer_but_its_id(site: CachingSite, address: str) -> None:
    first, copy = (dict(site.get(address).headers) for _ in range(2))
    of_the_connection = {"Keep-Alive", "Connection", "X-Cache"}
    assert first.keys() - copy.keys() == {"X-Request-Id"}
    assert copy.keys() - first.keys() == {"Age"}
    differing = {name for name in first.keys() & copy.keys() if first[name] != copy[name]}
    assert differing - of_the_connection == set()


@pytest.mark.parametrize("path", ["/live", "/api/docs", "/api/openapi.json", "/api/parks/6/details",
                                  "/feeds/parks/6.atom", "/badges/parks/6.svg"])  # fmt: skip
def test_pages_and_documents_are_repeated_too(site: CachingSite, path: str) -> None:
    site.get(path)
    assert is_copy(site.get(path))


@pytest.mark.parametrize(
    "path",
    [
        "/api/rides?limit=7&park_id=6",  # not in the order of the description
        "/api/rides?limit=07",
        "/api/rides/02/details",
        "/live?utm_source=mail",
    ],
)
def test_another_spelling_is_answered_and_not_kept(site: CachingSite, path: str) -> None:
    answers = [site.get(path) for _ in range(2)]
    assert [(answer.status_code, is_copy(answer)) for answer in answers] == [(200, False), (200, False)]


@pytest.mark.parametrize("path", ["/api/rides?utm_source=mail", "/api/nothing", "/api/rides/99/details"])
def test_an_error_is_not_kept(site: CachingSite, path: str) -> None:
    answers = [site.get(path) for _ in range(2)]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store", "no-store"]
    assert site.reached(path) == 2


def test_health_is_asked_for_each_time(site: CachingSite) -> None:
    before = site.reached("/api/health")
    answers = [site.get("/api/health") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert site.reached("/api/health") - before == 2


@pytest.mark.parametrize(
    "written", ["/api//rides/downtime", "/api/./rides/downtime", "/%61pi/rides/downtime"]
)
def test_a_path_written_in_another_way_is_the_same_copy(site: CachingSite, written: str) -> None:
    path, query = f"/api/rides/downtime?limit={next(numbers)}".split("?")
    site.get(f"{path}?{query}")
    prepared = requests.Request("GET", site.apache.url).prepare()
    prepared.url = f"{site.apache.url}{written}?{query}"  # requests would write it as usual
    prepared.headers.update({"Host": apache.HOST, "Accept-Encoding": "gzip"})
    with requests.Session() as session:
        answer = session.send(prepared, verify=str(site.apache.folder / "cert.pem"))
    assert (answer.status_code, is_copy(answer)) == (200, True)


def test_the_other_name_of_the_site_is_the_same_copy(site: CachingSite, address: str) -> None:
    site.get(address)
    assert is_copy(site.get(address, Host=f"www.{apache.HOST}"))


@pytest.mark.parametrize(
    "header", [{"Cache_Control": "no-cache"}, {"Cache_Control": "max-age=0"}, {"Cache_Control": "no-store"}]
)
def test_nobody_outside_passes_the_cache_by_a_header(
    site: CachingSite, address: str, header: dict[str, str]
) -> None:
    site.get(address)
    assert is_copy(site.get(address, Pragma="no-cache", **header))
    assert site.reached(address) == 1


def test_a_copy_is_not_demanded_where_there_is_none(site: CachingSite, address: str) -> None:
    assert site.get(address, Cache_Control="only-if-cached").status_code == 200


def test_head_is_answered_from_the_copy_of_get(site: CachingSite, address: str) -> None:
    got, head = site.get(address), site.ask("HEAD", address)
    assert (head.status_code, head.content, is_copy(head)) == (200, b"", True)
    assert head.headers["ETag"] == got.headers["ETag"]


def test_a_copy_of_head_is_never_the_answer_to_get(site: CachingSite, address: str) -> None:
    site.ask("HEAD", address)
    assert site.get(address).json()["success"] is True


def test_a_client_that_has_the_answer_is_told_so_by_the_cache(site: CachingSite, address: str) -> None:
    tag = site.get(address).headers["ETag"]
    again = site.get(address, If_None_Match=tag)
    assert tag.startswith('W/"')
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert site.reached(address) == 1


def test_a_client_that_has_an_older_one_is_answered_by_the_program(site: CachingSite, address: str) -> None:
    """By Apache's own rule: the next who asks gets a copy of that."""
    site.get(address)
    again = site.get(address, If_None_Match='W/"older"')
    assert (again.status_code, is_copy(again), site.reached(address)) == (200, False, 2)
    assert is_copy(site.get(address))


def test_a_client_that_has_the_answer_lets_the_cache_have_it_too(site: CachingSite, address: str) -> None:
    tag = site.get("/api/rides").headers["ETag"]
    answers = [site.get(address, If_None_Match=tag) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 304]
    assert site.reached(address) == 1


def test_what_is_not_kept_is_confirmed_by_the_program(site: CachingSite) -> None:
    tag = site.get("/api/rides?limit=05").headers["ETag"]
    assert site.get("/api/rides?limit=05", If_None_Match=tag).status_code == 304


def test_each_way_to_take_an_answer_has_its_copy(site: CachingSite, address: str) -> None:
    packed = [site.get(address, Accept_Encoding="gzip") for _ in range(2)]
    plain = [site.get(address, Accept_Encoding="identity") for _ in range(2)]
    assert [is_copy(answer) for answer in packed + plain] == [False, True, False, True]
    assert {answer.headers.get("Content-Encoding") for answer in packed} == {"gzip"}
    assert {answer.headers.get("Content-Encoding") for answer in plain} == {None}
    assert {answer.headers["Vary"] for answer in packed + plain} == {"Accept-Encoding"}
    assert len({answer.content for answer in packed + plain}) == 1
    assert len({answer.headers["ETag"] for answer in packed + plain}) == 1


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("br, gzip;q=0.8, deflate", "gzip"),
        ("gzip;q=1.0, *;q=0", "gzip"),
        ("gzip;q=0, identity", None),
        ("br", None),
        ("something-else", None),
    ],
)
def test_however_gzip_is_asked_for_there_are_two_copies(
    site: CachingSite, address: str, said: str, encoding: str | None
) -> None:
    site.get(address, Accept_Encoding="gzip")
    site.get(address, Accept_Encoding="identity")
    answer = site.get(address, Accept_Encoding=said)
    assert (is_copy(answer), answer.headers.get("Content-Encoding")) == (True, encoding)


def test_a_compressed_copy_is_a_whole_file(site: CachingSite, address: str) -> None:
    site.get(address)
    with requests.Session() as session:
        answer = session.get(
            site.apache.url + address,
            headers={"Host": apache.HOST, "Accept-Encoding": "gzip"},
            verify=str(site.apache.folder / "cert.pem"),
            stream=True,
        )
        packed = answer.raw.read()
    assert is_copy(answer)
    assert len(packed) == int(answer.headers["Content-Length"])
    assert gzip.decompress(packed) == site.get(address, Accept_Encoding="identity").content


def test_a_page_of_another_origin_gets_its_own_permission(
    site: CachingSite, make: Make, address: str
) -> None:
    site.backend.app = make(CORS_ORIGINS=ORIGIN)
    allowed = "Access-Control-Allow-Origin"
    mine, nobody, evil = (
        [site.get(address, **origin).headers.get(allowed) for _ in range(2)]
        for origin in ({"Origin": ORIGIN}, {}, {"Origin": "https://evil.example"})
    )
    assert (mine, nobody, evil) == ([ORIGIN, ORIGIN], [None, None], [None, None])
    assert is_copy(site.get(address, Origin=ORIGIN))


def test_an_origin_that_is_not_named_fills_nothing(site: CachingSite, make: Make, address: str) -> None:
    site.backend.app = make(CORS_ORIGINS=ORIGIN)
    for _ in range(2):
        assert not is_copy(site.get(address, Origin="https://evil.example"))
    assert site.reached(address) == 2


def test_where_every_origin_may_ask_all_share_a_copy(site: CachingSite, make: Make, address: str) -> None:
    site.backend.app = make(CORS_ORIGINS="*")
    site.get(address, Origin=ORIGIN)
    copy = site.get(address, Origin="https://another.example")
    assert (is_copy(copy), copy.headers["Access-Control-Allow-Origin"]) == (True, "*")


def test_a_preflight_is_answered_by_the_program(site: CachingSite, make: Make, address: str) -> None:
    site.backend.app = make(CORS_ORIGINS=ORIGIN)
    site.get(address, Origin=ORIGIN)
    preflight = site.ask("OPTIONS", address, Origin=ORIGIN, Access_Control_Request_Method="GET")
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_who_shows_a_key_is_asked_for_it_each_time(site: CachingSite, address: str) -> None:
    for _ in range(2):
        assert not is_copy(site.get(address, X_API_Key="some"))
    assert not is_copy(site.get(address)), "nothing was kept of them"
    assert not is_copy(site.get(address, X_API_Key="some"))


def test_where_keys_are_wanted_nothing_is_kept(
    site: CachingSite, make: Make, filled: Engine, address: str
) -> None:
    with writing(filled) as connection:
        _, key = create_key(connection, "partner", api_world.NOW)
    site.backend.app = make(API_KEYS_REQUIRED="true")
    with_key = [site.get(address, X_API_Key=key) for _ in range(2)]
    of_the_page = [site.get(address, Sec_Fetch_Site="same-origin") for _ in range(2)]
    assert [answer.status_code for answer in with_key + of_the_page] == [200] * 4
    assert not any(is_copy(answer) for answer in with_key + of_the_page)
    assert {answer.headers["Cache-Control"].split(",")[0] for answer in with_key + of_the_page} == {"private"}
    assert [site.get(address).status_code for _ in range(2)] == [401, 401]


def test_the_next_cache_is_told_how_old_a_copy_is(site: CachingSite, address: str) -> None:
    """So that two in a row keep an answer for ten seconds, and for twenty where the next does not listen."""
    site.get(address)
    copy = wait_until(
        "a copy of a second", lambda: site.get(address), lambda seen: seen.headers.get("Age", "0") != "0"
    )
    assert copy.headers["Cache-Control"] == "public, max-age=10, must-revalidate"
    assert 1 <= int(copy.headers["Age"]) <= 10


def handing_on(inner: CachingSite, ages: list[int]) -> WSGIApplication:
    """What a second cache sees of the first: its answers as they are. `ages` tells how old each was."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        given = inner.get(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}", Accept_Encoding="identity")
        ages.append(int(given.headers.get("Age", "0")))
        kept = ("Age", "Cache-Control", "Content-Length", "Content-Type", "ETag", "Vary")
        headers = [(name, given.headers[name]) for name in kept if name in given.headers]
        start_response(f"{given.status_code} as given", headers)
        return [given.content]

    return answer


def test_a_copy_of_a_copy_is_as_old_as_both(site: CachingSite, open_folder: Path, address: str) -> None:
    folder = open_folder / "second"
    folder.mkdir(mode=0o755)
    ages: list[int] = []
    between = CountedBackend(handing_on(site, ages))
    outer = caching_apache(folder, between, USER)
    outer.start()
    try:
        second = CachingSite(outer, between)
        plain = {"Accept_Encoding": "identity"}
        wait_until(
            "a copy of two seconds",
            lambda: site.get(address, **plain).headers.get("Age", "0"),
            lambda age: int(age) >= 2,
        )
        second.get(address, **plain)
        copy = second.get(address, **plain)
    finally:
        outer.stop()
        between.stop()
    assert is_copy(copy)
    assert ages[-1] <= int(copy.headers["Age"]) <= 10


def version_of(site: CachingSite) -> int:
    app = site.backend.app
    assert isinstance(app, Flask)
    return service_of(app).watch.current().number


@pytest.fixture
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of the ten for which an answer is kept."""
    monkeypatch.setattr(cached_response, "KEPT_SECONDS", 1)


def test_the_answer_of_a_new_version_is_fetched_in_time(
    site: CachingSite, one_second: None, filled: Engine, address: str
) -> None:
    before = site.get(address).headers["ETag"]
    known = version_of(site)
    with writing(filled) as connection:
        bump_version(connection)
    wait_until("the new version", lambda: version_of(site), lambda number: number > known)
    after = wait_until(
        "its answer", lambda: site.get(address), lambda seen: seen.headers["ETag"] != before
    ).headers["ETag"]
    assert {site.get(address).headers["ETag"] for _ in range(5)} == {after}


@pytest.mark.parametrize("said", [{}, {"If_None_Match": 'W/"older"'}])
def test_what_replaces_an_old_copy_is_whole(
    site: CachingSite, one_second: None, address: str, said: dict[str, str]
) -> None:
    first = site.get(address)
    wait_until(
        "being asked again",
        lambda: (site.get(address, **said), site.reached(address)),
        lambda seen: seen[1] >= 2,
    )
    again = [site.get(address, **said) for _ in range(2)]
    assert [(answer.status_code, answer.content) for answer in again] == [(200, first.content)] * 2
    assert {answer.headers["Content-Type"] for answer in again} == {"application/json"}


def test_an_error_is_told_and_no_old_answer_instead(
    site: CachingSite, one_second: None, make: Make, address: str
) -> None:
    site.get(address)
    site.backend.app = failing = make()

    def fail() -> None:
        raise Unavailable("The database cannot be reached at the moment")

    failing.before_request(fail)
    answer = wait_until("the error", lambda: site.get(address), lambda seen: seen.status_code != 200)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert site.get(address).status_code == 503


def test_the_site_beside_ours_is_not_cached(site: CachingSite) -> None:
    for _ in range(2):
        answer = ask(site.apache, "GET", "/", f"http://127.0.0.1:{site.apache.other}", Host=OTHER_HOST)
        assert (answer.text, answer.headers.get("X-Cache")) == ("<title>Another site</title>", None)


def test_a_reload_empties_the_cache_and_it_goes_on(site: CachingSite, address: str) -> None:
    site.get(address)
    site.apache.reload()
    wait_until(
        "an empty cache", lambda: (site.get(address), site.reached(address)), lambda seen: seen[1] >= 2
    )
    assert is_copy(site.get(address))


def test_a_full_cache_lets_the_oldest_go(open_folder: Path, backend: CountedBackend, started: object) -> None:
    """Of 600 answers of more than a kilobyte each, 256 kB hold some; the last is there, the first is not."""
    folder = open_folder / "full"
    folder.mkdir(mode=0o755)
    server = caching_apache(folder, backend, USER, PARK_CACHE_BYTES="262144")
    server.start()
    try:
        site = CachingSite(server, backend)
        with requests.Session() as session:
            for number in range(600):
                answer = session.get(
                    f"{server.url}/api/parks/downtime?limit=9&offset={1000 + number}",
                    headers={"Host": apache.HOST},
                    verify=str(folder / "cert.pem"),
                )
                assert answer.status_code == 200
        assert is_copy(site.get("/api/parks/downtime?limit=9&offset=1599"))
        assert not is_copy(site.get("/api/parks/downtime?limit=9&offset=1000"))
        assert "cache" not in server.log()
    finally:
        server.stop()


def test_without_the_cache_everything_is_asked(
    open_folder: Path, backend: CountedBackend, started: object, address: str
) -> None:
    folder = open_folder / "uncached"
    folder.mkdir(mode=0o755)
    server = caching_apache(folder, backend, USER)
    server.flags = ("PARK_NO_CACHE",)
    server.start()
    try:
        site = CachingSite(server, backend)
        answers = [site.get(address) for _ in range(2)]
    finally:
        server.stop()
    assert [answer.headers.get("X-Cache") for answer in answers] == [None, None]
    assert site.reached(address) == 2
