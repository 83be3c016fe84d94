"""Create park_activity_snapshots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, TINY

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "park_activity_snapshots",
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("outcome", TINY, nullable=False),
        sa.Column("rides_open", sa.SmallInteger(), nullable=True),
        sa.Column("rides_closed", sa.SmallInteger(), nullable=True),
        sa.Column("rides_unknown", sa.SmallInteger(), nullable=True),
        sa.Column("running_count", sa.SmallInteger(), nullable=True),
        sa.Column("is_running", sa.Boolean(), nullable=True),
        sa.Column("average_wait_minutes", sa.Float(), nullable=True),
        sa.Column("max_wait_minutes", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("park_id", "recorded_at", name="pk_park_activity_snapshots"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("park_activity_snapshots")
