"""Visitors who do not stop asking: a few threads against a deployed site, and what each request came to."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

import apache
import requests
from counted_backend import is_copy
from deployed_site import Site
from waiting import PATIENCE_SECONDS, wait_until

PAUSE_SECONDS = 0.03
numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `agent`: what it alone called itself; `problem`: why no whole answer came; `version`: that
    of the release that answered; `is_copy`: Apache repeated an answer, the program was not asked.
    """

    path: str
    agent: str
    begun: float
    seconds: float
    status: int | None = None
    version: str | None = None
    problem: str | None = None
    is_copy: bool = False


class SteadyLoad:
    """`with SteadyLoad(site, ["/", "/api/parks"]) as load: ...; load.asked`.

    Every request has a connection of its own and is sent once: nothing that the server drops is asked again.
    """

    def __init__(self, site: Site, paths: Sequence[str], threads: int = 4) -> None:
        self._site = site
        self._paths = paths
        self._asked: list[Asked] = []
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(threads)]

    def __enter__(self) -> SteadyLoad:
        for thread in self._threads:
            thread.start()
        self.await_requests(len(self._paths) * 2)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    @property
    def asked(self) -> list[Asked]:
        """In the order in which the requests began."""
        return sorted(self._asked, key=lambda asked: asked.begun)

    @property
    def lost(self) -> list[Asked]:
        """Those without a whole answer, or with one that says that the server failed."""
        return [asked for asked in self.asked if asked.status != 200]

    @property
    def copies(self) -> list[Asked]:
        """Those that say nothing of the program, since they never reached it."""
        return [asked for asked in self.asked if asked.is_copy]

    def __str__(self) -> str:
        first, last = self.asked[0], self.asked[-1]
        took = last.begun + last.seconds - first.begun
        return f"{len(self.asked)} requests in {took:.0f} s, {len(self.lost)} without a whole answer"

    @property
    def versions(self) -> list[str]:
        """The releases that answered, in the order in which the requests began, without repeating."""
        told = (asked.version for asked in self.asked if asked.version is not None)
        return [version for version, _ in itertools.groupby(told)]

    def await_requests(self, more: int) -> None:
        """Until `more` requests have been answered from now on."""
        wanted = len(self._asked) + more
        wait_until(f"{more} more answers", lambda: len(self._asked) - wanted, lambda surplus: surplus >= 0)

    def _ask(self, first: int) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.verify = str(self._site.apache.folder / "cert.pem")
            session.headers.update({"Host": apache.HOST, "Connection": "close"})
            for path in itertools.islice(itertools.cycle(self._paths), first, None):
                self._asked.append(self._one(session, path))
                if self._stopping.wait(PAUSE_SECONDS):
                    return

    def _one(self, session: requests.Session, path: str) -> Asked:
        begun, agent = time.monotonic(), f"visitor/{next(numbers)}"
        try:
            answer = session.get(
                self._site.apache.url + path, headers={"User-Agent": agent}, timeout=PATIENCE_SECONDS
            )
        except requests.RequestException as error:
            problem = f"{type(error).__name__}: {error}"[:300]
            return Asked(path, agent, begun, time.monotonic() - begun, problem=problem)
        return Asked(
            path,
            agent,
            begun,
            time.monotonic() - begun,
            answer.status_code,
            version=answer.json().get("version") if path == "/api/health" and answer.ok else None,
            is_copy=is_copy(answer),
        )
