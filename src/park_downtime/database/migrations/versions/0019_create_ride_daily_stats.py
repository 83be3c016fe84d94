"""Create ride_daily_stats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, DAY_SECONDS

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "ride_daily_stats",
        sa.Column("stat_date", sa.Date(), nullable=False),
        sa.Column("ride_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("park_id", sa.Integer(), nullable=False),
        sa.Column("open_seconds", DAY_SECONDS, nullable=False),
        sa.Column("downtime_seconds", DAY_SECONDS, nullable=False),
        sa.Column("park_wide_seconds", DAY_SECONDS, nullable=False),
        sa.Column("ongoing_seconds", DAY_SECONDS, nullable=False),
        sa.Column("late_opening_seconds", DAY_SECONDS, nullable=False),
        sa.Column("early_close_seconds", DAY_SECONDS, nullable=False),
        sa.Column("did_not_operate_seconds", DAY_SECONDS, nullable=False),
        sa.Column("unknown_seconds", DAY_SECONDS, nullable=False),
        sa.Column("expected_seconds", DAY_SECONDS, nullable=False),
        sa.Column("outage_count", sa.SmallInteger(), nullable=False),
        sa.Column("status_changes", sa.SmallInteger(), nullable=False),
        sa.Column("days_operated", sa.SmallInteger(), nullable=False),
        sa.Column("days_not_operated", sa.SmallInteger(), nullable=False),
        sa.Column("longest_outage_seconds", DAY_SECONDS, nullable=False),
        sa.Column("wait_sum", sa.Integer(), nullable=False),
        sa.Column("wait_count", sa.Integer(), nullable=False),
        sa.Column("wait_min", sa.SmallInteger(), nullable=True),
        sa.Column("wait_max", sa.SmallInteger(), nullable=True),
        sa.Column("first_open_at", sa.DateTime(), nullable=True),
        sa.Column("last_open_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("stat_date", "ride_id", name="pk_ride_daily_stats"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("ride_daily_stats")
