"""How much of the troubles of rides is found, and how much of what is called trouble was: in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.accuracy.hindsight import Trouble
from park_downtime.timeline.spans import Span, common, seconds

INTERRUPTIONS = (Trouble.OUTAGE,)
EVERY_KIND = tuple(Trouble)
MEASURED = (INTERRUPTIONS, EVERY_KIND, (Trouble.LATE_START,), (Trouble.DID_NOT_REOPEN,))
"""What is measured together."""

ByTrouble = Mapping[Trouble, Sequence[Span]]


@dataclass(slots=True)
class Found:
    """`said` and, of it, `right`; `true` and, of it, `found`. `true_in_sessions`: of it while our park ran,
    outside of which nothing is ever called.
    """

    said: int = 0
    right: int = 0
    true: int = 0
    true_in_sessions: int = 0
    found: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        return self.found / self.true if self.true else None

    @property
    def recall_in_sessions(self) -> float | None:
        return self.found / self.true_in_sessions if self.true_in_sessions else None

    def add(self, other: Found) -> None:
        self.said += other.said
        self.right += other.right
        self.true += other.true
        self.true_in_sessions += other.true_in_sessions
        self.found += other.found


@dataclass(slots=True)
class EdgeScore:
    """Of one ride, or of several pooled; by the kinds that are measured together."""

    by_kinds: dict[tuple[Trouble, ...], Found] = field(
        default_factory=lambda: {kinds: Found() for kinds in MEASURED}
    )

    def add(self, other: EdgeScore) -> None:
        for kinds, found in other.by_kinds.items():
            self.by_kinds[kinds].add(found)


def edge_score(truth: ByTrouble, said: ByTrouble, running: Sequence[Span]) -> EdgeScore:
    """One ride. `running`: when its park ran by our own sessions."""
    return EdgeScore({kinds: _found(kinds, truth, said, running) for kinds in MEASURED})


def _found(kinds: tuple[Trouble, ...], truth: ByTrouble, said: ByTrouble, running: Sequence[Span]) -> Found:
    """What is said is right where there was trouble of whatever kind. Interruptions alone are held against
    everything that they should have found, each edge of the day against its own kind.
    """
    ours, trouble = _of(said, kinds), _of(truth, EVERY_KIND)
    wanted = trouble if kinds == INTERRUPTIONS else _of(truth, kinds)
    return Found(
        said=seconds(ours),
        right=seconds(common(ours, trouble)),
        true=seconds(wanted),
        true_in_sessions=seconds(common(wanted, running)),
        found=seconds(common(wanted, ours)),
    )


def _of(spans: ByTrouble, kinds: Iterable[Trouble]) -> list[Span]:
    return sorted(span for kind in kinds for span in spans.get(kind, ()))
