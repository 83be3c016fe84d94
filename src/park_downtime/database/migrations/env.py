"""Alembic's entry: runs the revisions on the connection that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from park_downtime.database import statistics_tables as every_table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=every_table.ride_daily_stats.metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
