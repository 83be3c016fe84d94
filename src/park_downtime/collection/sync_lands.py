"""Keep a park's lands in step with what a payload says: new ones, renamed ones, ids learnt later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from park_downtime.database.rides import NAME_LENGTH, LandRow, add_land, change_land, lands_of
from park_downtime.model import Land

LandKeys = dict[Land, int]


def sync_lands(
    connection: Connection, park_id: int, named: Iterable[Land], stored: Sequence[LandRow] | None = None
) -> LandKeys:
    """The key of every land that is named, once those that are new or renamed have been stored.

    `stored`: the park's, where they are known already.
    """
    wanted = list(dict.fromkeys(named))
    if not wanted:
        return {}
    known = lands_of(connection, park_id) if stored is None else list(stored)
    keys: LandKeys = {}
    for land in wanted:
        found = matching(land, known)
        if found is None:
            found = LandRow(add_land(connection, park_id, land), land.land_id, land.name[:NAME_LENGTH])
            known.append(found)
        elif land.land_id is not None and (found.land_id, found.name) != (
            land.land_id,
            land.name[:NAME_LENGTH],
        ):
            change_land(connection, found.land_key, land)
            known[known.index(found)] = LandRow(found.land_key, land.land_id, land.name[:NAME_LENGTH])
        keys[land] = found.land_key
    return keys


def matching(land: Land, known: Iterable[LandRow]) -> LandRow | None:
    """The stored land that `land` is: by its id, else by its name.

    A recording knows no ids, so a land stored from one gets its id when the feed names it.
    """
    named_alike = [row for row in known if row.name == land.name[:NAME_LENGTH]]
    if land.land_id is None:
        return min(named_alike, key=lambda row: row.land_key, default=None)
    by_id = next((row for row in known if row.land_id == land.land_id), None)
    return by_id or next((row for row in named_alike if row.land_id is None), None)
