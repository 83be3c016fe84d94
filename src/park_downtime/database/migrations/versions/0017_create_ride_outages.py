"""Create ride_outages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, SECONDS

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "ride_outages",
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stat_date", sa.Date(), nullable=False),
        sa.Column("ride_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("seconds", SECONDS, nullable=False),
        sa.Column("park_wide_seconds", SECONDS, nullable=False),
        sa.Column("is_incident", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("park_id", "stat_date", "ride_id", "started_at", name="pk_ride_outages"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("ride_outages")
