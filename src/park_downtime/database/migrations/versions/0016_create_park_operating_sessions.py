"""Create park_operating_sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, SECONDS

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "park_operating_sessions",
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("last_running_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("park_stop_seconds", SECONDS, nullable=False),
        sa.Column("unknown_seconds", SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("park_id", "started_at", name="pk_park_operating_sessions"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("park_operating_sessions")
