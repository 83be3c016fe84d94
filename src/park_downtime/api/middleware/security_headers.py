"""Security headers on every answer: nothing inline, nothing from other hosts, frames as allowed."""

from __future__ import annotations

from flask import Flask, Response

from park_downtime.config.settings import Settings

POLICY = "Content-Security-Policy"
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
DASHBOARD = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install(app: Flask, settings: Settings) -> None:
    ancestors = " ".join(settings.frame_ancestors) or "'none'"
    always = dict(ALWAYS)
    if not settings.frame_ancestors:
        always["X-Frame-Options"] = "DENY"

    def add(response: Response) -> Response:
        headers = response.headers
        for name, value in always.items():
            headers[name] = value
        headers[POLICY] = f"{headers.get(POLICY, NOTHING)}; frame-ancestors {ancestors}"
        return response

    app.after_request(add)
