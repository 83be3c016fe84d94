"""Index rides_park_id."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_rides_park_id", "rides", ["park_id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_rides_park_id", table_name="rides")
    else:
        # InnoDB lets the foreign key's index go only in exchange for another one.
        op.execute("ALTER TABLE rides ADD INDEX fk_rides_park_id (park_id), DROP INDEX ix_rides_park_id")
