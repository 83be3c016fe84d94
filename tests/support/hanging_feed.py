"""A simulated feed that says when somebody begins to wait for it in vain."""

from __future__ import annotations

from threading import Event
from typing import Any

from park_downtime.simulator.server import SimulatedFeedServer


class HangingFeed(SimulatedFeedServer):
    """With the quirk `hang`: `is_waited_for` is set when the first request is left without an answer."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.is_waited_for = Event()
        super().__init__(*arguments, **options)

    def is_struck(self, target: str, quirk: str, amount: float) -> bool:
        is_struck = super().is_struck(target, quirk, amount)
        if is_struck and quirk == "hang":
            self.is_waited_for.set()
        return is_struck
