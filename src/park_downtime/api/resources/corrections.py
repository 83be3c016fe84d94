"""`/api/corrections`: stretches that the operator made unknown, with reason and date."""

from __future__ import annotations

from typing import Any

from park_downtime.api.fields import park_url, ride_url
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import RowList, Table
from park_downtime.database.corrections import Correction, all_corrections


def corrections(context: RequestContext) -> Table:
    park_id = context.values.get("park_id")
    if park_id is not None:
        context.park(park_id)
    rows = RowList(
        _row(correction)
        for correction in reversed(all_corrections(context.connection))
        if park_id in (None, correction.park_id)
    )
    return Table("CorrectionEntry", rows, sorted_by="correction_id")


def _row(correction: Correction) -> dict[str, Any]:
    park_id, ride_id = correction.park_id, correction.ride_id
    return {
        "correction_id": correction.correction_id,
        "park_id": park_id,
        "park_name": correction.park_name,
        "ride_id": ride_id,
        "ride_name": correction.ride_name,
        "started_at": correction.started_at,
        "ended_at": correction.ended_at,
        "reason": correction.reason,
        "timezone": correction.timezone,
        "made_at": correction.made_at,
        "withdrawn_at": correction.withdrawn_at,
        "queue_times_url": park_url(park_id) if ride_id is None else ride_url(park_id, ride_id),
    }
