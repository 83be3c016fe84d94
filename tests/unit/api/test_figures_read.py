"""Each figure names the measures it is made of: an order by it reads no others."""

from __future__ import annotations

import pytest

from park_downtime.api.fields import RIDE_TOTALS, figure
from park_downtime.reports.rankings import OBSERVED_OPERATION
from park_downtime.statistics.columns import columns_of
from park_downtime.statistics.measures import MEASURE_NAMES, Measures

WHOLE = Measures(**{name: 1000 + place for place, name in enumerate(MEASURE_NAMES)})


def only(*names: str) -> Measures:
    """The same of which nothing but these was read."""
    [read] = columns_of([1], names, [[getattr(WHOLE, name)] for name in names]).measures()
    return read


@pytest.mark.parametrize("name", RIDE_TOTALS)
def test_it_is_made_of_these_alone(name: str) -> None:
    assert figure(name, WHOLE) is not None
    assert figure(name, only(*OBSERVED_OPERATION, *RIDE_TOTALS[name].reads)) == figure(name, WHOLE)


@pytest.mark.parametrize("name", [name for name, made in RIDE_TOTALS.items() if made.reads])
def test_it_needs_all_of_them(name: str) -> None:
    for left_out in RIDE_TOTALS[name].reads:
        read = [each for each in RIDE_TOTALS[name].reads if each != left_out]
        with pytest.raises(AttributeError):
            figure(name, only(*OBSERVED_OPERATION, *read))
