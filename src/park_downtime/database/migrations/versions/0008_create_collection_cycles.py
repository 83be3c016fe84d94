"""Create collection_cycles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import TINY, UTF8

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "collection_cycles",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("outcome", TINY, nullable=False),
        sa.Column("was_spooled", sa.Boolean(), nullable=False),
        sa.Column("parks_ok", sa.Integer(), nullable=True),
        sa.Column("parks_failed", sa.Integer(), nullable=True),
        sa.Column("parks_rejected", sa.Integer(), nullable=True),
        sa.Column("rows_written", sa.Integer(), nullable=True),
        sa.Column("odd_entries", sa.Integer(), nullable=True),
        sa.Column("dropped_waits", sa.Integer(), nullable=True),
        sa.Column("fetch_seconds", sa.Float(), nullable=True),
        sa.Column("store_seconds", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("cycle_id", name="pk_collection_cycles"),
        sa.UniqueConstraint("recorded_at", name="uq_collection_cycles_recorded_at"),
        **UTF8,
    )


def downgrade() -> None:
    op.drop_table("collection_cycles")
