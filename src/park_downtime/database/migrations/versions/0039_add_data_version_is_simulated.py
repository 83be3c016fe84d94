"""Add data_version.is_simulated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.add_column("data_version", sa.Column("is_simulated", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("data_version", "is_simulated")
