"""How often Python looks for garbage that refers to itself: rarely, for we make rows by the hundred thousand.

Rows, readings and parts are freed when they are last used; looking through all of them for circles
cost a third of a night, and up to 80 ms in the middle of an answer.
"""

from __future__ import annotations

import gc

NEW_OBJECTS, YOUNG_LOOKS, MIDDLE_LOOKS = 50_000, 20, 50


def look_rarely() -> None:
    """For the whole process; measured in benchmarks/README.md."""
    gc.set_threshold(NEW_OBJECTS, YOUNG_LOOKS, MIDDLE_LOOKS)


def pass_over_what_is_loaded() -> None:
    """What stands now is there until the process ends, and is not looked through any more: modules, tables,
    routes. For a server, once it is made: an answer in which Python looks through them takes 25 ms longer.
    """
    gc.collect()
    gc.freeze()
