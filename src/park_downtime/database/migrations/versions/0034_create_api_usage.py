"""Create api_usage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "api_usage",
        sa.Column("key_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.DateTime(), nullable=False),
        sa.Column("request_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", "hour", name="pk_api_usage"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("api_usage")
