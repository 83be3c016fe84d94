"""docs/integrations.md: its examples are run as they stand there, against the drawn parks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import api_world
import pytest
import requests
import yaml
from jinja2 import Environment, StrictUndefined
from served_app import served

from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine
from park_downtime.model import Status

PAGE = (Path(__file__).parents[2] / "docs" / "integrations.md").read_text("utf-8")
SITE, NTFY = "http://127.0.0.1:8000", "https://ntfy.sh"
NEWEST = (
    "Ride 3 in Magic closed at 2026-07-01 13:30 EDT while its park was running. "
    "Data powered by Queue-Times.com - https://queue-times.com"
)

Need = Callable[[str | None], None]


def example(language: str) -> str:
    """The only one in that language."""
    (found,) = re.findall(rf"^```{language}\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert isinstance(found, str)
    return found


@pytest.fixture(scope="module")
def url(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("integrations")
    shutil.copyfile(migrated_sqlite, folder / "downtime.sqlite")
    engine = make_engine(f"sqlite:///{folder / 'downtime.sqlite'}")
    api_world.fill(engine)
    with served(create_app(api_world.settings_for(folder), engine, clock=lambda: api_world.NOW)) as address:
        yield address
    engine.dispose()


def ask(url: str) -> Any:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(url, timeout=60)
    answer.raise_for_status()
    return answer


class TestHomeAssistant:
    @pytest.fixture
    def rest(self) -> dict[str, Any]:
        (rest,) = yaml.safe_load(example("yaml"))["rest"]
        assert isinstance(rest, dict)
        return rest

    @pytest.fixture
    def sensor(self, rest: dict[str, Any]) -> dict[str, Any]:
        (sensor,) = rest["sensor"]
        assert isinstance(sensor, dict)
        return sensor

    @staticmethod
    def answer(rest: dict[str, Any], url: str, ride_id: int) -> Any:
        return ask(rest["resource"].replace(SITE, url).replace("/130/", f"/{ride_id}/")).json()

    @pytest.mark.parametrize(("ride_id", "status"), [(1, "Running"), (3, "Down"), (5, "Closed")])
    def test_the_state_is_that_of_the_ride(
        self, rest: dict[str, Any], sensor: dict[str, Any], url: str, ride_id: int, status: str
    ) -> None:
        template = Environment(undefined=StrictUndefined, autoescape=False).from_string(  # noqa: S701
            sensor["value_template"]
        )
        assert template.render(value_json=self.answer(rest, url, ride_id)) == status

    def test_its_attributes_are_there(self, rest: dict[str, Any], sensor: dict[str, Any], url: str) -> None:
        assert sensor["json_attributes_path"] == "$.data"
        data = self.answer(rest, url, 3)["data"]
        assert {name: data[name] for name in sensor["json_attributes"]}["down_since"] == (
            "2026-07-01T17:30:00Z"
        )

    def test_it_asks_once_a_cycle(self, rest: dict[str, Any]) -> None:
        assert rest["scan_interval"] == api_world.CYCLE.total_seconds()

    def test_the_page_names_every_state(self) -> None:
        said = PAGE.partition("The state is ")[2].partition(";")[0]
        assert re.findall(r"`(\w+)`", said) == [str(status) for status in Status]


class Ntfy(HTTPServer):
    """Keeps what was sent to which topic; `status` is what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Topic)
        self.sent: list[tuple[str, str]] = []
        self.status = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Topic(BaseHTTPRequestHandler):
    server: Ntfy

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.sent.append((self.path, body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read `sent` instead."""


@pytest.fixture
def ntfy(need: Need) -> Iterator[Ntfy]:
    need(None if shutil.which("curl") else "curl is not installed (Debian: apt install curl)")
    with Ntfy() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class TestNtfy:
    @staticmethod
    def run(url: str, ntfy: Ntfy, home: Path, park_id: int = api_world.MAGIC) -> int:
        line = example("bash").replace(SITE, url).replace(NTFY, ntfy.url)
        line = line.replace("/parks/6.atom", f"/parks/{park_id}.atom")
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "NO_PROXY": "*"}
        done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, check=False)
        return done.returncode

    def test_it_is_one_line(self) -> None:
        assert len(example("bash").splitlines()) == 1

    def test_the_newest_entry_is_sent_with_its_credit(self, url: str, ntfy: Ntfy, tmp_path: Path) -> None:
        assert self.run(url, ntfy, tmp_path) == 0
        assert ntfy.sent == [("/my-park", NEWEST)]

    def test_it_is_sent_once(self, url: str, ntfy: Ntfy, tmp_path: Path) -> None:
        self.run(url, ntfy, tmp_path)
        self.run(url, ntfy, tmp_path)
        assert len(ntfy.sent) == 1

    def test_what_did_not_arrive_is_sent_again(self, url: str, ntfy: Ntfy, tmp_path: Path) -> None:
        ntfy.status = 503
        assert self.run(url, ntfy, tmp_path) != 0
        ntfy.status = 200
        self.run(url, ntfy, tmp_path)
        assert [text for _, text in ntfy.sent] == [NEWEST, NEWEST]

    def test_of_a_park_that_is_not_tracked_nothing_is_sent(
        self, url: str, ntfy: Ntfy, tmp_path: Path
    ) -> None:
        assert self.run(url, ntfy, tmp_path, park_id=99) != 0
        assert ntfy.sent == []


def test_the_badge_of_the_page_is_one(url: str) -> None:
    (address,) = re.findall(r"\((http\S+)\)", example("markdown"))
    answer = ask(address.replace(SITE, url).replace("/130.", "/2."))
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
