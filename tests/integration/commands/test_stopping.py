"""Ctrl-C and SIGTERM end a server at any moment, in one line, and nothing is left half-written."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer

import pytest
import requests
from waiting import wait_until

PATIENCE_SECONDS = 300
ORDERLY_SECONDS = 30  # it takes less than two on a quiet machine
SIGNALS = [signal.SIGINT, signal.SIGTERM]


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process whose stdout can be read line by line; its stderr goes to a file."""
    with Path("stderr").open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "park_downtime.cli", *arguments],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    killer = Timer(PATIENCE_SECONDS, process.kill)
    killer.start()
    try:
        yield process
    finally:
        killer.cancel()
        process.kill()
        process.communicate()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    line = next((line for line in process.stdout if words in line), None)
    assert line is not None, Path("stderr").read_text(encoding="utf-8")
    return line


def stop(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Tell it to stop; it does so as it should."""
    process.send_signal(number)
    out, _ = process.communicate(timeout=ORDERLY_SECONDS)
    assert process.returncode == 0
    assert out.splitlines()[-1] == "Stopped."
    assert "Traceback" not in Path("stderr").read_text(encoding="utf-8")


def assert_whole(file: Path) -> None:
    """Every day that is told as closed is there for each park of its zone, or the database is empty."""
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'data_version'").fetchone() is None:
            return
        missing = database.execute(
            "SELECT count(*) FROM aggregation_log JOIN parks ON parks.timezone = aggregation_log.timezone "
            "LEFT JOIN park_daily_stats AS day ON day.park_id = parks.park_id "
            "AND day.stat_date = aggregation_log.local_date WHERE day.park_id IS NULL"
        ).fetchone()
    assert missing == (0,)


def told_history(url: str, is_far_enough: Callable[[str | None], bool]) -> None:
    wait_until(
        "the history to come on",
        lambda: requests.get(url + "/api/parks", timeout=PATIENCE_SECONDS).headers.get("X-History"),
        is_far_enough,
        seconds=PATIENCE_SECONDS,
    )


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("words", ["Settings: ", "Database: ", "Demo: ", "In another terminal"])
def test_a_demo_ends_while_it_begins(number: signal.Signals, words: str, tmp_path: Path) -> None:
    with started("demo", "--port", "0", "--database", str(tmp_path / "demo.sqlite")) as demo:
        line_with(demo, words)
        stop(demo, number)
    if (tmp_path / "demo.sqlite").exists():
        assert_whole(tmp_path / "demo.sqlite")


@pytest.mark.parametrize("number", SIGNALS)
def test_a_demo_ends_while_its_history_is_made_and_goes_on_with_it(
    number: signal.Signals, tmp_path: Path
) -> None:
    arguments = ["demo", "--port", "0", "--days", "20", "--database", str(tmp_path / "demo.sqlite")]
    with started(*arguments) as demo:
        url = line_with(demo, "Demo: ").split()[1]
        told_history(url, lambda said: said is not None and " 1 of " not in said)
        stop(demo, number)
    assert_whole(tmp_path / "demo.sqlite")
    with started(*arguments) as demo:
        line_with(demo, "Goes on with what this demo kept")
        url = line_with(demo, "Demo: ").split()[1]
        told_history(url, lambda said: said is None or " 1 of " not in said)
        told_history(url, lambda said: said is None)
        stop(demo, number)
    assert_whole(tmp_path / "demo.sqlite")
    with closing(sqlite3.connect(tmp_path / "demo.sqlite")) as database:
        days = database.execute(
            "SELECT count(DISTINCT stat_date) FROM park_daily_stats WHERE is_final"
        ).fetchone()
    assert days[0] >= 19  # yesterday may wait for its last session


@pytest.mark.parametrize("command", ["run", "demo", "serve"])
def test_a_database_that_does_not_answer_keeps_nothing_from_ending(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "locked.sqlite"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    chosen = ["--database", str(file)] if command == "demo" else []
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with started(command, "--port", "0", *chosen) as server:
            line_with(server, "Database: ")
            stop(server, signal.SIGINT)


def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    file = tmp_path / "locked.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with started("demo", "--port", "0", "--database", str(file)) as demo:
            line_with(demo, "Database: ")
            demo.send_signal(signal.SIGINT)
            demo.send_signal(signal.SIGTERM)
            out, _ = demo.communicate(timeout=ORDERLY_SECONDS)
    assert (demo.returncode, out.splitlines()[-1]) == (0, "Stopped.")
