"""${message}."""

from __future__ import annotations

import sqlalchemy as sa

from park_downtime.database.migrations import frozen, steps

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
