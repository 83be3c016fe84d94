"""What is loaded is not looked through again."""

from __future__ import annotations

import gc

from park_downtime.config.gc_tuning import pass_over_what_is_loaded


def test_what_stands_is_passed_over_and_what_comes_later_is_not() -> None:
    before = [*range(10)], object()
    try:
        pass_over_what_is_loaded()
        later: list[object] = []
        assert gc.get_freeze_count() > 1000
        looked_through = {id(one) for one in gc.get_objects()}
        assert id(before) not in looked_through
        assert id(later) in looked_through
    finally:
        gc.unfreeze()
