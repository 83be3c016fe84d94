"""Two collectors at once, and one that is killed: what is left is whole, and the lock is free."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cycles import NOON, RIDES, add_parks, count, cycle, park, said
from sqlalchemy import Engine
from waiting import wait_until

from park_downtime.collection.lock import LockHeld, collecting_alone
from park_downtime.collection.store import store_cycle
from park_downtime.database.cycles import cycle_at
from park_downtime.database.engine import reading
from park_downtime.database.readings import parks_reached
from park_downtime.model import CycleOutcome

SUPPORT = Path(__file__).parents[2] / "support"
TWO_PARKS = cycle(NOON, {6: (said(1), said(2)), 7: (said(3), said(4))})

STORING = """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from cycles import NOON, RIDES, cycle, said
    from park_downtime.database.engine import make_engine
    from park_downtime.collection import store
    from park_downtime.collection.lock import collecting_alone
    from park_downtime.judging.fold_readings import record_readings

    def stop_in_the_second(connection, park, *rest):
        record_readings(connection, park, *rest)
        if park.park_id == 7:
            Path(sys.argv[3], "in-the-middle").touch()
            sys.stdin.read()  # until it is killed

    store.record_readings = stop_in_the_second
    with collecting_alone(Path(sys.argv[3]), "collect", NOON):
        store.store_cycle(
            make_engine(sys.argv[2]), cycle(NOON, {6: (said(1), said(2)), 7: (said(3), said(4))}), RIDES
        )
"""

Killing = Callable[[], None]


@pytest.fixture
def kill(engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Killing]:
    """Another process stores two parks and stands in the middle of the second; this kills it."""
    add_parks(engine, park(6), park(7))
    script = tmp_path / "storing.py"
    script.write_text(textwrap.dedent(STORING))
    command = [sys.executable, str(script), str(SUPPORT), database_url, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:

        def kill_it() -> None:
            process.kill()
            process.wait()

        try:
            wait_until(
                "the other process in the middle of the second park",
                lambda: (process.poll(), (tmp_path / "in-the-middle").exists()),
                lambda seen: seen != (None, False),
            )
            assert process.poll() is None
            yield kill_it
        finally:
            kill_it()


def test_a_second_collector_is_refused_until_the_first_is_dead(kill: Killing, tmp_path: Path) -> None:
    with (
        pytest.raises(LockHeld, match="already collecting: collect, process"),
        collecting_alone(tmp_path, "collect", NOON),
    ):
        pytest.fail("two at once")
    kill()
    with collecting_alone(tmp_path, "collect", NOON):
        pass


def test_a_killed_cycle_leaves_whole_parks(kill: Killing, engine: Engine) -> None:
    kill()
    with reading(engine) as connection:
        assert parks_reached(connection, NOON) == {6}
        row = cycle_at(connection, NOON)
    assert count(engine, "ride_status_snapshots") == 2
    assert row is not None
    assert row.outcome is CycleOutcome.RUNNING


def test_a_killed_cycle_can_be_stored_to_the_end(kill: Killing, engine: Engine) -> None:
    kill()
    done = store_cycle(engine, TWO_PARKS, RIDES)
    assert (done.parks_ok, done.parks_skipped, done.rows_written) == (2, 1, 4)
