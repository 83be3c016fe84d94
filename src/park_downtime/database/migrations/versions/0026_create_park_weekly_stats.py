"""Create park_weekly_stats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, SECONDS

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "park_weekly_stats",
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("open_seconds", SECONDS, nullable=False),
        sa.Column("downtime_seconds", SECONDS, nullable=False),
        sa.Column("park_wide_seconds", SECONDS, nullable=False),
        sa.Column("ongoing_seconds", SECONDS, nullable=False),
        sa.Column("late_opening_seconds", SECONDS, nullable=False),
        sa.Column("early_close_seconds", SECONDS, nullable=False),
        sa.Column("did_not_operate_seconds", SECONDS, nullable=False),
        sa.Column("unknown_seconds", SECONDS, nullable=False),
        sa.Column("expected_seconds", SECONDS, nullable=False),
        sa.Column("outage_count", sa.Integer(), nullable=False),
        sa.Column("status_changes", sa.Integer(), nullable=False),
        sa.Column("days_operated", sa.Integer(), nullable=False),
        sa.Column("days_not_operated", sa.Integer(), nullable=False),
        sa.Column("longest_outage_seconds", SECONDS, nullable=False),
        sa.Column("wait_sum", sa.Integer(), nullable=False),
        sa.Column("wait_count", sa.Integer(), nullable=False),
        sa.Column("wait_min", sa.SmallInteger(), nullable=True),
        sa.Column("wait_max", sa.SmallInteger(), nullable=True),
        sa.Column("session_seconds", SECONDS, nullable=False),
        sa.Column("park_stop_seconds", SECONDS, nullable=False),
        sa.Column("park_expected_seconds", SECONDS, nullable=False),
        sa.Column("park_unknown_seconds", SECONDS, nullable=False),
        sa.Column("days_with_data", sa.Integer(), nullable=False),
        sa.Column("trend_percentage", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("period_start", "park_id", name="pk_park_weekly_stats"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("park_weekly_stats")
