"""Create data_version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from park_downtime.database.migrations.frozen import CLUSTERED

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_data_version"),
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("data_version")
