"""Create aggregation_log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED, TINY

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "aggregation_log",
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("period_type", sa.String(10), nullable=False),
        sa.Column("status", TINY, nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("parks_final", sa.Integer(), nullable=True),
        sa.Column("parks_open", sa.Integer(), nullable=True),
        sa.Column("rows_written", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("method_version", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("timezone", "local_date", "period_type", name="pk_aggregation_log"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("aggregation_log")
