"""Counts of a job as CloudWatch metrics, carried by its own log line (embedded metric format).

CloudWatch reads metrics out of JSON log events that describe them under `_aws`; nothing is sent from here
and no library is needed. Events that are not listed stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

COUNT = "Count"
SECONDS = "Seconds"


class Job(NamedTuple):
    """Which job says an event, and which of its counts become metrics."""

    name: str
    units: Mapping[str, str]


EVENTS = {
    "cycle": Job(
        "collect",
        {
            "parks_ok": COUNT,
            "parks_failed": COUNT,
            "parks_rejected": COUNT,
            "rows_written": COUNT,
            "waiting": COUNT,
            "fetch_seconds": SECONDS,
            "store_seconds": SECONDS,
        },
    ),
    "aggregated": Job(
        "aggregate",
        {
            "zone_days_closed": COUNT,
            "zone_days_failed": COUNT,
            "parks_final": COUNT,
            "rows_written": COUNT,
        },
    ),
    "pruned": Job("prune", {"snapshots": COUNT, "runs": COUNT, "activity": COUNT, "cycles": COUNT}),
    "rides classified": Job("classify", {"rides": COUNT, "changed": COUNT}),
}
FINISHED = "finished"
"""Beside the counts every job says 1 once: a sum over hours tells how often it came to its end."""


def embedded(namespace: str, event: str, values: Mapping[str, Any], created: float) -> dict[str, Any]:
    """What the line of `event` says more; `created` in seconds since 1970. Empty for other events."""
    job = EVENTS.get(event)
    if job is None:
        return {}
    units = {name: unit for name, unit in job.units.items() if isinstance(values.get(name), int | float)}
    units[FINISHED] = COUNT
    return {
        "job": job.name,
        FINISHED: 1,
        "_aws": {
            "Timestamp": int(created * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": namespace,
                    "Dimensions": [["job"]],
                    "Metrics": [{"Name": name, "Unit": unit} for name, unit in units.items()],
                }
            ],
        },
    }
