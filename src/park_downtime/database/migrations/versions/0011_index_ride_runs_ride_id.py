"""Index ride_runs_ride_id."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_ride_runs_ride_id", "ride_runs", ["ride_id", "started_at"])


def downgrade() -> None:
    op.drop_index("ix_ride_runs_ride_id", table_name="ride_runs")
