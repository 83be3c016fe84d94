"""Index ride_status_now_park_id."""

from __future__ import annotations

from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_index("ix_ride_status_now_park_id", "ride_status_now", ["park_id"])


def downgrade() -> None:
    op.drop_index("ix_ride_status_now_park_id", table_name="ride_status_now")
