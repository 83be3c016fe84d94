"""What a person said of names of another source that match none of ours, or the wrong one: a CSV file.

    theirs,park_id,ride_id
    Magic Kingdom Park,6,            their park is our park 6
    Space Mountain,6,138             their ride in our park 6 is our ride 138
    Main Street Vehicles,6,-         their ride in our park 6 is none of ours

`theirs` is a name as it stands in their file, or their id; `park_id` and `ride_id` are those of Queue-Times.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from park_downtime.classification.name_matching import Matched, match, name_key

COLUMNS = ("theirs", "park_id", "ride_id")
NONE_OF_OURS = "-"


class ExceptionsInvalid(Exception):
    """The file cannot be used; the message names it, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class NameException:
    """`ride_id` is None for a park, and for a ride that `is_none_of_ours`. `where` names file and line."""

    theirs: str
    park_id: int
    ride_id: int | None
    is_none_of_ours: bool
    where: str

    @property
    def is_of_park(self) -> bool:
        return self.ride_id is None and not self.is_none_of_ours

    def means(self, their_id: str, name: str) -> bool:
        return self.theirs == their_id or name_key(self.theirs) == name_key(name) != ""


def read_exceptions(path: Path) -> list[NameException]:
    """Raises ExceptionsInvalid."""
    found: list[NameException] = []
    said: dict[tuple[str, int, bool], str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise ExceptionsInvalid(f"{path}, line 1: lacks the columns {', '.join(missing)}")
            for row in reader:
                cells = {name: (row[name] or "").strip() for name in COLUMNS}
                if any(cells.values()):
                    found.append(_exception(cells, f"{path}, line {reader.line_num}"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExceptionsInvalid(f"{path}: cannot be read ({error})") from error
    for one in found:
        key = (name_key(one.theirs), 0 if one.is_of_park else one.park_id, one.is_of_park)
        if key in said:
            raise ExceptionsInvalid(f"{one.where}: {one.theirs!r} stands there already, {said[key]}")
        said[key] = one.where
    return found


def _exception(cells: Mapping[str, str], where: str) -> NameException:
    if not cells["theirs"]:
        raise ExceptionsInvalid(f"{where}: theirs is empty")
    is_none = cells["ride_id"] == NONE_OF_OURS
    ride_id = None if is_none or not cells["ride_id"] else _id(cells, "ride_id", where)
    return NameException(cells["theirs"], _id(cells, "park_id", where), ride_id, is_none, where)


def _id(cells: Mapping[str, str], name: str, where: str) -> int:
    text = cells[name]
    if not (text.isascii() and text.isdigit()):
        raise ExceptionsInvalid(f"{where}: {name} must be an id of Queue-Times, not {text!r}")
    return int(text)


def match_as_said(
    names: Mapping[str, str], said: Iterable[NameException], *ours: Iterable[tuple[int, str]]
) -> Matched:
    """What a person said goes before what names say. Raises ExceptionsInvalid."""
    found: dict[str, int] = {}
    none_of_ours: set[str] = set()
    meant: dict[int, NameException] = {}
    for one in said:
        for their_id in [their_id for their_id, name in names.items() if one.means(their_id, name)]:
            if one.is_none_of_ours:
                none_of_ours.add(their_id)
                continue
            our_id = one.park_id if one.ride_id is None else one.ride_id
            if our_id in meant:
                raise ExceptionsInvalid(
                    f"{one.where}: {names[their_id]!r} would be the second that is {our_id}, after "
                    f"{meant[our_id].where}: name one of them by its id"
                )
            meant[our_id] = one
            found[their_id] = our_id
    taken = set(found.values())
    left = {key: name for key, name in names.items() if key not in found and key not in none_of_ours}
    matched = match(left, *([pair for pair in several if pair[0] not in taken] for several in ours))
    matched.found.update(found)
    return matched
