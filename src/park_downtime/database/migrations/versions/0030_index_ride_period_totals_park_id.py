"""Index ride_period_totals_park_id."""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_index("ix_ride_period_totals_park_id", "ride_period_totals", ["park_id"])


def downgrade() -> None:
    op.drop_index("ix_ride_period_totals_park_id", table_name="ride_period_totals")
