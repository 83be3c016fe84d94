"""What can be wrong inside a payload, done to a right one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .chance import share
from .quirks import Quirks
from .world import World

_LONGEST_STALE_HOURS = 7 * 24
_LONGEST_CLOSED_DAYS = 4
_HTML = b"<!DOCTYPE html><html><head><title>Queue Times</title></head><body>We'll be back soon.</body></html>"


@dataclass(frozen=True, slots=True)
class Entry:
    """One ride of a payload; `land` None stands outside the lands."""

    land: str | None
    fields: dict[str, object]


def odd_entries(
    world: World, park_id: int, entries: list[Entry], moment: datetime, switched_on: datetime, quirks: Quirks
) -> list[Entry]:
    """The entries as the quirks make them. Which rides are hit depends on the seed alone."""
    if quirks.empty:
        return []
    found: list[Entry] = []
    for entry in entries:
        ride_id = int(str(entry.fields["id"]))
        if _hit(world, park_id, ride_id, "missing", quirks.missing):
            continue
        changes = _changes(world, park_id, ride_id, entry.fields, moment, switched_on, quirks)
        changed = replace(entry, fields={**entry.fields, **changes})
        if _hit(world, park_id, ride_id, "odd", quirks.odd):
            changed = replace(changed, fields={"id": ride_id, "is_open": None, "wait_time": [5]})
        elif _hit(world, park_id, ride_id, "strings", quirks.strings):
            changed = replace(
                changed, fields={name: _as_text(value) for name, value in changed.fields.items()}
            )
        found.append(changed)
        if _hit(world, park_id, ride_id, "duplicates", quirks.duplicates):
            older = {
                "is_open": not entry.fields["is_open"],
                "last_updated": stamp(moment - timedelta(minutes=10)),
            }
            found.append(Entry(None, {**entry.fields, **older}))
    return found


def odd_body(body: bytes, quirks: Quirks) -> bytes:
    """The bytes as the quirks make them."""
    if quirks.html:
        return _HTML
    if quirks.wrong_top:
        return b"[" + body + b"]"
    if quirks.truncated:
        return body[: len(body) // 2]
    if quirks.huge:
        # Spaces after the end keep it JSON: only its size is wrong.
        return body + b" " * max(int(quirks.huge * 1_000_000) - len(body), 0)
    return body


def _changes(
    world: World,
    park_id: int,
    ride_id: int,
    fields: dict[str, object],
    moment: datetime,
    switched_on: datetime,
    quirks: Quirks,
) -> dict[str, object]:
    def hit(name: str, amount: float) -> bool:
        return _hit(world, park_id, ride_id, name, amount)

    changes: dict[str, object] = {}
    if hit("old_closed", quirks.old_closed) and not fields["is_open"]:
        changes["last_updated"] = stamp(_closed_since(world, park_id, ride_id, moment))
    if hit("stale", quirks.stale):
        hours = 1 + share("stale hours", world.seed, park_id, ride_id) * (_LONGEST_STALE_HOURS - 1)
        changes |= {"is_open": True, "last_updated": stamp(switched_on - timedelta(hours=hours))}
    if hit("future", quirks.future):
        changes["last_updated"] = stamp(moment + timedelta(hours=1))
    if hit("wait995", quirks.wait995):
        changes |= {"is_open": True, "wait_time": 995}
    if hit("closed_wait", quirks.closed_wait):
        changes |= {"is_open": False, "wait_time": 20}
    if hit("null_wait", quirks.null_wait):
        changes["wait_time"] = None
    return changes | _lies(world, park_id, ride_id, fields, moment, quirks)


def _lies(
    world: World, park_id: int, ride_id: int, fields: dict[str, object], moment: datetime, quirks: Quirks
) -> dict[str, object]:
    """What is wrong although its stamp is fresh."""
    changes: dict[str, object] = {}
    is_open = fields["is_open"]
    if _hit(world, park_id, ride_id, "closed_999", quirks.closed_999) and not is_open:
        changes["wait_time"] = 999
    if _hit(world, park_id, ride_id, "two_names", quirks.two_names) and int(moment.timestamp()) // 300 % 2:
        changes["name"] = f"{fields['name']}\N{TRADE MARK SIGN}"
    if _hit(world, park_id, ride_id, "left_open", quirks.left_open) and is_closed(world, park_id, moment):
        changes |= {"is_open": True, "wait_time": 0}
    return changes


def last_closing(world: World, park_id: int, before: datetime) -> datetime | None:
    """When the park last closed."""
    return max((end for _, end in _near_hours(world, park_id, before) if end <= before), default=None)


def is_closed(world: World, park_id: int, moment: datetime) -> bool:
    return not any(start <= moment < end for start, end in _near_hours(world, park_id, moment))


def _near_hours(world: World, park_id: int, moment: datetime) -> list[tuple[datetime, datetime]]:
    day = moment.astimezone(ZoneInfo(world.park(park_id).timezone)).date()
    near = [day - timedelta(days=back) for back in range(_LONGEST_CLOSED_DAYS)]
    return [(hours.start, hours.end) for local in near for hours in world.park_hours(park_id, local)]


def _hit(world: World, park_id: int, ride_id: int, name: str, amount: float) -> bool:
    return amount > 0 and share(name, world.seed, park_id, ride_id) < amount


def _closed_since(world: World, park_id: int, ride_id: int, moment: datetime) -> datetime:
    day_before = moment - timedelta(days=1)
    stretches = world.truth(park_id, ride_id, day_before, moment)
    return max((stretch.end for stretch in stretches if stretch.is_open), default=day_before)


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def stamp(moment: datetime) -> str:
    """A moment as the feed writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
