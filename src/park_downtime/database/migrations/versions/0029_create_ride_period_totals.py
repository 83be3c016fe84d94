"""Create ride_period_totals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, SECONDS, TINY

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "ride_period_totals",
        sa.Column("period", TINY, autoincrement=False, nullable=False),
        sa.Column("ride_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("park_id", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("period", "ride_id", name="pk_ride_period_totals"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("ride_period_totals")
