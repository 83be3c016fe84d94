"""Names of real rides survive: trademark signs, accents, zero-width spaces, emoji."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert, select

from park_downtime.database.engine import writing
from park_downtime.database.tables import park_groups
from park_downtime.database.upsert import upsert

NAMES = {
    "trademark": "Harry Potter and the Escape from Gringotts™",
    "accents": "Fée Clochette – Île d'Été",
    "zero width space": "Ratatouille\u200b: The Adventure",
    "zero width joiner": "Crush\u200d's Coaster",
    "emoji": "Fright Nights 🎃👻",
    "apostrophes": "Peter Pan’s Flight 'n' \"more\"",
    "percent and backslash": "100% \\ Coaster :name %s",
    "japanese": "美女と野獣",
    "combining": "Cafe\u0301",
    "longest": "é" * 255,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_comes_back_as_it_was(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.execute(insert(park_groups), {"group_id": 1, "name": name})
        assert connection.execute(select(park_groups.c.name)).scalar_one() == name


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_changed_name_comes_back_as_it_was(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.execute(insert(park_groups), {"group_id": 1, "name": "before"})
        upsert(connection, park_groups, [{"group_id": 1, "name": name}])
        assert connection.execute(select(park_groups.c.name)).scalar_one() == name
