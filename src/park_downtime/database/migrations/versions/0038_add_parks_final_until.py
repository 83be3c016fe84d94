"""Add parks.final_until."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.add_column("parks", sa.Column("final_until", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("parks", "final_until")
