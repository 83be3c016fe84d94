"""Create ride_runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, TINY

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "ride_runs",
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("ride_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("last_reading_at", sa.DateTime(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("state", TINY, nullable=False),
        sa.Column("reading_count", sa.SmallInteger(), nullable=False),
        sa.Column("wait_count", sa.SmallInteger(), nullable=False),
        sa.Column("wait_sum", sa.Integer(), nullable=False),
        sa.Column("wait_min", sa.SmallInteger(), nullable=True),
        sa.Column("wait_max", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("park_id", "local_date", "ride_id", "started_at", name="pk_ride_runs"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("ride_runs")
