"""tools/keep-busy loads the machine as long as its command runs, and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from waiting import PATIENCE_SECONDS, wait_until

KEEP_BUSY = Path(__file__).parents[2] / "tools" / "keep-busy"
UNTIL_TOLD = ["head", "-c", "1"]


def facts(pid: int | str) -> list[str]:
    """Of a process, from its state on (proc(5), stat); empty: it has ended."""
    try:
        found = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [] if found[0] == "Z" else found


def children(pid: int) -> set[int]:
    others = (process.name for process in Path("/proc").glob("[0-9]*"))
    return {int(other) for other in others if facts(other)[1:2] == [str(pid)]}


def cpu_ticks(pid: int) -> int:
    return sum(map(int, facts(pid)[11:13]))


def remaining(pids: set[int]) -> set[int]:
    return {pid for pid in pids if facts(pid)}


@contextmanager
def busy(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], set[int]]]:
    """It and its four children: two that compute, one that writes, and the command."""
    started = [str(KEEP_BUSY), "--processes", "2", "--folder", str(tmp_path), *UNTIL_TOLD]
    with subprocess.Popen(started, stdin=subprocess.PIPE) as process:
        try:
            yield process, wait_until("four children", lambda: children(process.pid), lambda of: len(of) == 4)
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("command", "status"),
    [("exit 0", 0), ("exit 3", 3), ("kill -KILL $$", 137)],
)
def test_its_status_is_that_of_the_command(tmp_path: Path, command: str, status: int) -> None:
    done = subprocess.run(
        [KEEP_BUSY, "--processes", "1", "--folder", tmp_path, "sh", "-c", command],
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == status


def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [KEEP_BUSY, "--folder", tmp_path, "no-such-command"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (127, "no-such-command: No such file or directory\n")


def test_three_processes_work_while_the_command_does_nothing(tmp_path: Path) -> None:
    with busy(tmp_path) as (_, pids):
        wait_until(
            "three that have computed for a tenth of a second",
            lambda: sorted(cpu_ticks(pid) for pid in pids),
            lambda ticks: min(ticks[-2:]) >= 10 and ticks[-3] > 0,
        )


def test_all_end_with_the_command(tmp_path: Path) -> None:
    with busy(tmp_path) as (process, pids):
        process.communicate(b"x", timeout=PATIENCE_SECONDS)
        assert process.returncode == 0
        assert remaining(pids) == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_command_and_all_else(tmp_path: Path, number: signal.Signals) -> None:
    with busy(tmp_path) as (process, pids):
        process.send_signal(number)
        assert process.wait(PATIENCE_SECONDS) != 0
        assert remaining(pids) == set()


def test_the_load_does_not_outlive_a_kill(tmp_path: Path) -> None:
    with busy(tmp_path) as (process, pids):
        process.kill()
        process.communicate()  # the command itself ends with what it reads
        wait_until("their end", lambda: remaining(pids), lambda left: not left)
