"""Index ride_outages_ride_id."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_index("ix_ride_outages_ride_id", "ride_outages", ["ride_id", "started_at"])


def downgrade() -> None:
    op.drop_index("ix_ride_outages_ride_id", table_name="ride_outages")
