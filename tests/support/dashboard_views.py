"""Every view of the dashboard by its address."""

from __future__ import annotations

VIEWS = {
    "parks": "?view=parks",
    "rides": "?view=rides",
    "waits": "?view=waittimes",
    "trends": "?view=trends",
    "now": "?view=now",
    "now-by-park": "?view=now&group=park",
    "park": "?view=park&park=1",
    "ride": "?view=ride&ride=1001",
    "about": "?view=parks&about=open",
}
LISTS = {name: VIEWS[name] for name in ("parks", "rides", "waits", "trends", "now")}
