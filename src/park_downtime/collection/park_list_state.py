"""What is remembered of the feed's list of parks: when it came, whether it was believed, whom it left out.

One small file in SPOOL_DIR. The refresh writes it; `/api/health` and `doctor` say what it says.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

STATE_FILE = "parks-refresh.json"
PLANNED_PARKS = 80
"""Parks of North America that the plan set out to follow."""
MOST_NAMED = 500


@dataclass(frozen=True, slots=True)
class NotTracked:
    """A park that is in scope and not tracked, and why. `park_id` None: not even that can be read."""

    park_id: int | None
    name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ParkListState:
    """The last list that was taken over, and what became of the last question.

    `problem` says why the last answer was not taken over; None where it was. `doubted` is the digest of
    a list that is not believed yet, `doubted_since` when this very one was first heard. Times are ISO 8601.
    """

    refreshed_at: str = ""
    etag: str | None = None
    fingerprint: str = ""
    requested_at: str = ""
    problem: str | None = None
    doubted: str | None = None
    doubted_since: str = ""
    listed: int | None = None
    not_tracked: tuple[NotTracked, ...] = ()


def read_state(spool_dir: Path) -> ParkListState:
    """A state that cannot be read costs one request more."""
    try:
        fields: dict[str, Any] = json.loads((spool_dir / STATE_FILE).read_bytes())
        named = tuple(NotTracked(**entry) for entry in fields.pop("not_tracked", ()))
        return ParkListState(**fields, not_tracked=named)
    except (OSError, ValueError, TypeError, AttributeError):
        return ParkListState()


def state_as_json(state: ParkListState) -> bytes:
    """At most MOST_NAMED parks are named."""
    fields = asdict(state)
    return json.dumps({**fields, "not_tracked": fields["not_tracked"][:MOST_NAMED]}).encode()
