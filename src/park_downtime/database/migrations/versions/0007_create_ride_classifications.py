"""Create ride_classifications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import TINY, UTF8

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "ride_classifications",
        sa.Column(
            "ride_id",
            sa.Integer(),
            sa.ForeignKey("rides.ride_id", name="fk_ride_classifications_ride_id"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("category", TINY, nullable=False),
        sa.Column("tier", TINY, nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(255), nullable=False),
        sa.Column("source", sa.String(30), nullable=False),
        sa.Column("classified_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("ride_id", name="pk_ride_classifications"),
        **UTF8,
    )


def downgrade() -> None:
    op.drop_table("ride_classifications")
