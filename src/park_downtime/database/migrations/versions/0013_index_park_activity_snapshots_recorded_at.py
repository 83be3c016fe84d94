"""Index park_activity_snapshots_recorded_at."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("ix_park_activity_snapshots_recorded_at", "park_activity_snapshots", ["recorded_at"])


def downgrade() -> None:
    op.drop_index("ix_park_activity_snapshots_recorded_at", table_name="park_activity_snapshots")
