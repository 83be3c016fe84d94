"""The live table believes of a ride what its own park says."""

from __future__ import annotations

from cycles import NOON, RIDES, add_parks, after, cycle, park, said
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading
from park_downtime.judging.moment import moment
from park_downtime.model import State
from park_downtime.reports.live import live_view


def test_what_another_park_says_of_a_ride_is_not_its_state(engine: Engine) -> None:
    add_parks(engine, park(6), park(7))
    store_cycle(engine, cycle(NOON, {7: (said(701), said(702))}), RIDES)
    of_six = (said(601), said(602), said(701, State.CLOSED))
    store_cycle(engine, cycle(after(10), {6: of_six, 7: (said(701), said(702))}), RIDES)
    with reading(engine) as connection:
        shown = live_view(connection, moment(connection), after(10)).parks
    states = {entry.ride_id: entry.state for park in shown for entry in park.entries}
    assert states == dict.fromkeys((601, 602, 701, 702), State.OPEN)
