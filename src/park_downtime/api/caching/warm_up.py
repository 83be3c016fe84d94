"""Loads what rankings share as soon as a new data version is seen, so that no visitor waits for it."""

from __future__ import annotations

import logging

from park_downtime.api.app_context import AppContext
from park_downtime.api.caching.data_version import Version, data_version_of
from park_downtime.api.request_context import RequestContext
from park_downtime.database.availability import DATABASE_UNAVAILABLE, in_one_line, unforeseen
from park_downtime.judging.moment import moment
from park_downtime.model import Period

log = logging.getLogger(__name__)


def warm(service: AppContext, version: Version) -> None:
    """Runs beside the requests; one that comes meanwhile waits for the same load and starts no second."""
    data_version = data_version_of(version, service.now())
    try:
        with service.reading() as connection:
            context = RequestContext(connection, moment(connection), data_version, {}, service)
            context.activity()
            for period in Period:
                context.loaded(period)
    except DATABASE_UNAVAILABLE as error:
        log.debug("figures not loaded ahead", extra={"reason": in_one_line(error)})
    except Exception as error:
        # A request that needs them says what is wrong to whoever asked.
        log.error(
            "figures not loaded ahead", exc_info=unforeseen(error), extra={"reason": in_one_line(error)}
        )
