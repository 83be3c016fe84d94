"""Create ride_status_now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, TINY

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "ride_status_now",
        sa.Column("ride_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("park_id", sa.Integer(), nullable=False),
        sa.Column("status", TINY, nullable=False),
        sa.Column("down_since", sa.DateTime(), nullable=True),
        sa.Column("wait_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("last_reading_at", sa.DateTime(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ride_id", name="pk_ride_status_now"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("ride_status_now")
