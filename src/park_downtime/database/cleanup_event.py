"""The retention rule as an hourly event inside MySQL or MariaDB, for those who run no `prune`."""

from __future__ import annotations

from sqlalchemy import Engine, text

NAME = "park_downtime_cleanup"


class NoEvents(Exception):
    """The database cannot hold events."""


# The same rule as jobs/prune.py: `parks.final_until` is kept by the nights, so that no bound in
# time is computed here but the age; they call a day final only once its stretches are in the archive. One
# park after the other, in batches that lock for a moment.
BODY = """
CREATE EVENT {name} ON SCHEDULE EVERY 1 HOUR
COMMENT 'Retention of park-downtime: see docs/data-model.md'
DO
BEGIN
  DECLARE is_done INT DEFAULT 0;
  DECLARE one_park INT;
  DECLARE final_end DATETIME;
  DECLARE every_park CURSOR FOR SELECT park_id, final_until FROM parks WHERE final_until IS NOT NULL;
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET is_done = 1;
  OPEN every_park;
  each_park: LOOP
    FETCH every_park INTO one_park, final_end;
    IF is_done THEN LEAVE each_park; END IF;
    REPEAT
      DELETE FROM ride_status_snapshots WHERE park_id = one_park
        AND recorded_at < LEAST(final_end - INTERVAL 6 HOUR, UTC_TIMESTAMP() - INTERVAL 24 HOUR) LIMIT {rows};
    UNTIL ROW_COUNT() < {rows} END REPEAT;
    REPEAT
      DELETE FROM park_activity_snapshots WHERE park_id = one_park
        AND recorded_at < LEAST(final_end, UTC_TIMESTAMP() - INTERVAL 14 DAY) LIMIT {rows};
    UNTIL ROW_COUNT() < {rows} END REPEAT;
    -- Runs go by whole local days, first what says that a day is kept; the evening before a day that
    -- is not final stays, for a session may reach over midnight.
    DELETE FROM park_runs WHERE park_id = one_park
      AND local_date < DATE(LEAST(final_end - INTERVAL 1 DAY, UTC_TIMESTAMP() - INTERVAL 8 DAY));
    REPEAT
      DELETE FROM ride_runs WHERE park_id = one_park
        AND local_date < DATE(LEAST(final_end - INTERVAL 1 DAY, UTC_TIMESTAMP() - INTERVAL 8 DAY))
        LIMIT {rows};
    UNTIL ROW_COUNT() < {rows} END REPEAT;
    DELETE FROM park_doubts WHERE park_id = one_park
      AND ended_at < LEAST(final_end, UTC_TIMESTAMP()) - INTERVAL 12 DAY;
  END LOOP;
  CLOSE every_park;
  DELETE FROM collection_cycles WHERE recorded_at < UTC_TIMESTAMP() - INTERVAL 90 DAY;
END
"""


def install_cleanup_event(engine: Engine, batch_rows: int = 5_000) -> bool:
    """Create the event anew; answers whether the event scheduler is on. Raises NoEvents on SQLite."""
    if engine.dialect.name == "sqlite":
        raise NoEvents("SQLite has no events: `park-downtime run` prunes by itself")
    with engine.begin() as connection:
        connection.execute(text(f"DROP EVENT IF EXISTS {NAME}"))
        connection.exec_driver_sql(BODY.format(name=NAME, rows=batch_rows))
        scheduler = connection.execute(text("SELECT @@event_scheduler")).scalar_one()
    return str(scheduler).upper() in ("ON", "1")
