"""What we assume of the list of parks."""

from __future__ import annotations

from park_downtime.feed.assumptions.finding import Finding, held_if, none_of
from park_downtime.feed.assumptions.heard import ListHeard, titled

FEWEST_PARKS, MOST_PARKS = 60, 500
"""Half of the 120 parks that a list of 2023 named; more than 500 are doubted by a cycle too."""


def list_findings(heard: ListHeard) -> list[Finding]:
    return [listed(heard), entries(heard), keys(heard), ids(heard), zones(heard), coordinates(heard)]


def listed(heard: ListHeard) -> Finding:
    return held_if(
        FEWEST_PARKS <= len(heard.parks) <= MOST_PARKS,
        "park list",
        f"readable, {FEWEST_PARKS} to {MOST_PARKS} parks (120 in 15 groups in 2023)",
        f"{len(heard.parks)} parks in {heard.groups} groups, {heard.size_bytes / 1000:.1f} kB",
    )


def entries(heard: ListHeard) -> Finding:
    odd = [
        (park.name or "an entry without a name")
        + (f" ({park.park_id})" if park.park_id is not None else "")
        + f": {park.reason}"
        for park in heard.unreadable
    ]
    return none_of("that cannot be read", odd, "list entries", "every park can be read", *_of(heard))


def keys(heard: ListHeard) -> Finding:
    unknown = list(heard.unknown_keys)
    return none_of("unknown", unknown, "list keys", "no key that we do not know", *_of(heard))


def ids(heard: ListHeard) -> Finding:
    return none_of("listed twice", list(heard.repeated), "list ids", "every park once", *_of(heard))


def zones(heard: ListHeard) -> Finding:
    return none_of(
        "without one", list(heard.zoneless), "time zones", "every park in a zone that exists", *_of(heard)
    )


def coordinates(heard: ListHeard) -> Finding:
    """Both 0 is a place in the sea where no park is."""
    without = [
        titled(park.name, park.park_id)
        for park in heard.parks
        if park.latitude is None or park.longitude is None or (park.latitude, park.longitude) == (0.0, 0.0)
    ]
    return none_of("without", without, "coordinates", "every park has them", *_of(heard))


def _of(heard: ListHeard) -> tuple[str, bool]:
    return f"{len(heard.parks)} parks", bool(heard.parks)
