"""View ride_status_changes: every change of a ride's state, read off its runs."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"

SECONDS = {
    "sqlite": "CAST(strftime('%s', changed_at) - strftime('%s', previous_changed_at) AS INTEGER)",
    "mysql": "TIMESTAMPDIFF(SECOND, previous_changed_at, changed_at)",
}

# A run ends at local midnight and at gaps without a change of state: only those that begin
# with another state than the run before are changes. The first run of a ride has none before.
VIEW = """
CREATE VIEW ride_status_changes AS
SELECT park_id, ride_id, changed_at, previous_status, new_status, {seconds} AS previous_seconds
FROM (
  SELECT park_id, ride_id, changed_at, previous_status, new_status,
         LAG(changed_at) OVER (PARTITION BY ride_id ORDER BY changed_at) AS previous_changed_at
  FROM (
    SELECT park_id, ride_id, started_at AS changed_at,
           CASE state WHEN 1 THEN 'open' WHEN 2 THEN 'closed' END AS new_status,
           LAG(CASE state WHEN 1 THEN 'open' WHEN 2 THEN 'closed' END)
             OVER (PARTITION BY ride_id ORDER BY started_at) AS previous_status
    FROM ride_runs
  ) AS runs
  WHERE previous_status IS NULL OR previous_status <> new_status
) AS changes
WHERE previous_status IS NOT NULL
"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.execute(VIEW.format(seconds=SECONDS["sqlite" if dialect == "sqlite" else "mysql"]))


def downgrade() -> None:
    op.execute("DROP VIEW ride_status_changes")
