"""Create rides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import UTF8

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "rides",
        sa.Column("ride_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "park_id", sa.Integer(), sa.ForeignKey("parks.park_id", name="fk_rides_park_id"), nullable=False
        ),
        sa.Column(
            "land_key", sa.Integer(), sa.ForeignKey("lands.land_key", name="fk_rides_land_key"), nullable=True
        ),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(), nullable=False),
        sa.Column("missing_since", sa.DateTime(), nullable=True),
        sa.Column("missed_payloads", sa.Integer(), nullable=False),
        sa.Column("inactive_since", sa.DateTime(), nullable=True),
        sa.Column("next_park_id", sa.Integer(), nullable=True),
        sa.Column("moves_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("ride_id", name="pk_rides"),
        **UTF8,
    )


def downgrade() -> None:
    op.drop_table("rides")
