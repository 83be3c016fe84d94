"""Create parks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import UTF8

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "parks",
        sa.Column("park_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "group_id",
            sa.Integer(),
            sa.ForeignKey("park_groups.group_id", name="fk_parks_group_id"),
            nullable=True,
        ),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("country", sa.String(100), nullable=True),
        sa.Column("continent", sa.String(100), nullable=True),
        sa.Column("city", sa.String(100), nullable=True),
        sa.Column("state_province", sa.String(100), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("previous_timezone", sa.String(64), nullable=True),
        sa.Column("zone_changed_at", sa.DateTime(), nullable=True),
        sa.Column("next_timezone", sa.String(64), nullable=True),
        sa.Column("zone_changes_at", sa.DateTime(), nullable=True),
        sa.Column("operator", sa.String(100), nullable=True),
        sa.Column("is_tracked", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("park_id", name="pk_parks"),
        **UTF8,
    )


def downgrade() -> None:
    op.drop_table("parks")
