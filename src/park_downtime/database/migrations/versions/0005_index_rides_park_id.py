"""Index rides_park_id."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_rides_park_id", "rides", ["park_id"])


def downgrade() -> None:
    op.drop_index("ix_rides_park_id", table_name="rides")
