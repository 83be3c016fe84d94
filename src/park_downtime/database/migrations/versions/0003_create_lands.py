"""Create lands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import UTF8

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "lands",
        sa.Column("land_key", sa.Integer(), nullable=False),
        sa.Column(
            "park_id", sa.Integer(), sa.ForeignKey("parks.park_id", name="fk_lands_park_id"), nullable=False
        ),
        sa.Column("land_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("land_key", name="pk_lands"),
        sa.UniqueConstraint("park_id", "land_id", name="uq_lands_park_id"),
        **UTF8,
    )


def downgrade() -> None:
    op.drop_table("lands")
