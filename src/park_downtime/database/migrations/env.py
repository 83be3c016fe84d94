"""Alembic's entry: runs the revisions on the connection that `migrate` hands over.

It is told nothing of today's tables: what a revision makes is what stands in it.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
