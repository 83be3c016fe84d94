"""Create ride_status_snapshots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, TINY

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "ride_status_snapshots",
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("ride_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("state", TINY, nullable=False),
        sa.Column("wait_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("is_stale", sa.Boolean(), nullable=False),
        sa.Column("last_updated", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("park_id", "recorded_at", "ride_id", name="pk_ride_status_snapshots"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("ride_status_snapshots")
