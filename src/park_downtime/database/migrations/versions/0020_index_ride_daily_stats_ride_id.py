"""Index ride_daily_stats_ride_id."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_index("ix_ride_daily_stats_ride_id", "ride_daily_stats", ["ride_id", "stat_date"])


def downgrade() -> None:
    op.drop_index("ix_ride_daily_stats_ride_id", table_name="ride_daily_stats")
