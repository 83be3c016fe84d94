"""A client generated from /api/openapi.json compiles and reads every endpoint, and its errors too."""

from __future__ import annotations

import compileall
import importlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import api_world
import pytest
import yaml
from served_app import served

from park_downtime.api import spec
from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine

NAME = "generated_client"
GIVEN: dict[str, dict[str, Any]] = {
    "parkDetails": {"park_id": 6},
    "parkTimeline": {"park_id": 6},
    "rideDetails": {"ride_id": 2},
    "parkBreakdowns": {"park_id": 6},
    "parkCalendar": {"park_id": 6},
    "parkHistory": {"park_id": 6},
    "rideBreakdowns": {"ride_id": 2},
    "rideCalendar": {"ride_id": 2},
    "rideHistory": {"ride_id": 2},
    "parkBadge": {"park_id": 6},
    "rideBadge": {"ride_id": 2},
    "outage": {"outage_id": "2-1782918000"},
}
OPERATIONS = sorted(spec.operations())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The generated package, which can be imported."""
    folder = tmp_path_factory.mktemp("generated")
    description = folder / "openapi.json"
    description.write_text(json.dumps(spec.document()), "utf-8")
    settings = folder / "settings.yaml"
    told = {
        "post_hooks": [],  # its own linting is no matter of ours
        "content_type_overrides": {"image/svg+xml": "text/plain"},  # it knows no picture by its own name
    }
    settings.write_text(yaml.safe_dump(told), "utf-8")
    generator = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--meta", "none"]
    done = subprocess.run(
        [*generator, "--path", description, "--config", settings, "--output-path", folder / NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    # A warning tells of a part of the description that the client will not know.
    assert (done.returncode, "Warning" in done.stdout + done.stderr) == (0, False), done.stdout
    assert compileall.compile_dir(folder / NAME, quiet=1)
    sys.path.insert(0, str(folder))
    yield NAME
    sys.path.remove(str(folder))
    for module in [module for module in sys.modules if module.partition(".")[0] == NAME]:
        del sys.modules[module]


@pytest.fixture(scope="module")
def url(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The drawn parks, served over HTTP."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(migrated_sqlite, folder / "downtime.sqlite")
    engine = make_engine(f"sqlite:///{folder / 'downtime.sqlite'}")
    api_world.fill(engine)
    app = create_app(api_world.settings_for(folder), engine, clock=lambda: api_world.NOW)
    with served(app) as address:
        yield address
    engine.dispose()


def endpoint(package: str, operation: str) -> ModuleType:
    tag = spec.document()["paths"][spec.operations()[operation].path]["get"]["tags"][0]
    return importlib.import_module(f"{package}.api.{snake(tag)}.{snake(operation)}")


def snake(words: str) -> str:
    """As the generator names files: `One park` and `parkDetails` as one_park and park_details."""
    return re.sub("(?<=[a-z])([A-Z])", r"_\1", words).replace(" ", "_").lower()


def ask(package: str, url: str, operation: str, **given: Any) -> Any:
    client = importlib.import_module(package).Client(base_url=url)
    if operation == "trends":
        models = importlib.import_module(f"{package}.models")
        given["category"] = models.TrendsCategory("rides-declining")
    with client:
        return endpoint(package, operation).sync_detailed(client=client, **given)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_it_reads_every_endpoint(package: str, url: str, operation: str) -> None:
    answer = ask(package, url, operation, **GIVEN.get(operation, {}))
    assert answer.status_code == 200
    assert answer.parsed is not None
    if operation not in ("docs", "openapi", "parkBadge", "rideBadge"):
        assert answer.parsed.success is True


def test_it_finds_the_rows_and_their_fields(package: str, url: str) -> None:
    rows = ask(package, url, "ridesDowntime").parsed.data
    assert {row.ride_name for row in rows if row.ride_id == 12} == {"Ride 12"}
    assert {row.downtime_hours for row in rows if row.ride_id == 12} == {1.0}


def test_it_reads_what_is_wrong(package: str, url: str) -> None:
    answer = ask(package, url, "parkDetails", park_id=999)
    assert (answer.status_code, answer.parsed.error.code) == (404, "RESOURCE_NOT_FOUND")
