"""Index park_daily_stats_park_id."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_index("ix_park_daily_stats_park_id", "park_daily_stats", ["park_id", "stat_date"])


def downgrade() -> None:
    op.drop_index("ix_park_daily_stats_park_id", table_name="park_daily_stats")
