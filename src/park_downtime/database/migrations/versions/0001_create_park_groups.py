"""Create park_groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import UTF8

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "park_groups",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name="pk_park_groups"),
        **UTF8,
    )


def downgrade() -> None:
    op.drop_table("park_groups")
