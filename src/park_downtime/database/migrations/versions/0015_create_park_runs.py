"""Create park_runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "park_runs",
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("last_reading_at", sa.DateTime(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("park_id", "local_date", "started_at", name="pk_park_runs"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("park_runs")
