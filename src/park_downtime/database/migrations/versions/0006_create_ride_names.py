"""Create ride_names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import UTF8

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "ride_names",
        sa.Column(
            "ride_id",
            sa.Integer(),
            sa.ForeignKey("rides.ride_id", name="fk_ride_names_ride_id"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("used_until", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("ride_id", "used_until", name="pk_ride_names"),
        **UTF8,
    )


def downgrade() -> None:
    op.drop_table("ride_names")
