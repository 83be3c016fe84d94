"""Queue-Times over HTTP: one polite question at a time per thread, bounded in time and size."""

from __future__ import annotations

import threading
from datetime import datetime
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as TransportTimeout

from park_downtime import __version__
from park_downtime.clock import monotonic_seconds
from park_downtime.feed.connections import CuttableAdapter, Exchange, Exchanges
from park_downtime.feed.errors import FeedRefused, FeedRejected, FeedUnavailable
from park_downtime.feed.park_list import read_park_list
from park_downtime.feed.readings import read_payload
from park_downtime.feed.response_body import BodyTooLarge, BodyUnreadable, read_body
from park_downtime.feed.retrying import Backoff, WorthAnotherTry, retry_after_seconds
from park_downtime.feed.source import MOST_AT_ONCE, ParkListAnswer
from park_downtime.model import ParkReadings
from park_downtime.plain_text import one_line

MOST_BYTES = 2_500_000  # as many entries as are read, with names as long as are kept
LONGEST_ETAG = 200

SIMULATED = "X-Simulated"
"""The header by which a feed says that it is made up."""
_PROJECT = "Theme Park Downtime Tracker"
_PIECE_BYTES = 64 * 1024
_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_DEADLINE = "deadline reached"


class QueueTimes:
    """The Source that Queue-Times is, or whoever speaks like it at `base_url`.

    One try lasts at most `answer_seconds`, however slowly the bytes come; `most_bytes` is the size
    of an answer after unpacking. Proxies and certificates are taken from the environment.
    """

    def __init__(
        self,
        base_url: str,
        contact_url: str | None = None,
        *,
        connect_seconds: float = 5.0,
        read_seconds: float = 10.0,
        answer_seconds: float = 20.0,
        park_list_seconds: float = 60.0,
        attempts: int = 3,
        first_pause_seconds: float = 0.5,
        longest_pause_seconds: float = 8.0,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self._answer_seconds = answer_seconds
        self._park_list_seconds = park_list_seconds
        self._most_bytes = most_bytes
        self._backoff = Backoff(attempts, first_pause_seconds, longest_pause_seconds)
        self._exchanges = Exchanges()
        self._closed = threading.Event()
        self.is_simulated = False  # until an answer says so
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        who = f"+{contact_url}" if contact_url else _PROJECT
        self._session.headers.update(
            {
                "User-Agent": f"park-downtime/{__version__} ({who})",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            }
        )
        adapter = CuttableAdapter(pool_connections=1, pool_maxsize=MOST_AT_ONCE)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def park_list(self, etag: str | None = None, deadline: float | None = None) -> ParkListAnswer:
        """Every park of the feed, or that nothing changed. Raises FeedUnavailable, FeedRejected.

        Where the question is refused it may be for our ETag, so it is asked once more without.
        """
        if deadline is None:
            deadline = monotonic_seconds() + self._park_list_seconds
        etag = usable_etag(etag)
        try:
            body, new_etag = self._ask("/parks.json", None, deadline, etag)
        except FeedRefused:
            if etag is None:
                raise
            body, new_etag = self._ask("/parks.json", None, deadline)
        etag = usable_etag(new_etag)
        if body is None:
            return ParkListAnswer(None, etag)
        listed = read_park_list(body)
        return ParkListAnswer(listed.parks, etag, listed.unreadable)

    def park_list_unread(self, deadline: float) -> bytes:
        """The list as it came, for who wants to see more of it. Raises FeedUnavailable, FeedRejected."""
        body, _ = self._ask("/parks.json", None, deadline)
        return _whole(body)

    def payload(self, park_id: int, deadline: float) -> bytes:
        """The answer for one park, unread. Raises FeedUnavailable; FeedRejected if it is too long."""
        body, _ = self._ask(f"/parks/{park_id}/queue_times.json", park_id, deadline)
        return _whole(body)

    def readings(self, park_id: int, payload: bytes, fetched_at: datetime) -> ParkReadings:
        return read_payload(park_id, payload, fetched_at)

    def close(self) -> None:
        """Ends what is under way, in whatever thread."""
        self._closed.set()
        self._exchanges.cut_all()
        self._session.close()

    def __enter__(self) -> QueueTimes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(
        self, path: str, park_id: int | None, deadline: float, etag: str | None = None
    ) -> tuple[bytes | None, str | None]:
        return self._backoff.ask(
            lambda: self._ask_once(self._base_url + path, park_id, deadline, etag),
            deadline - monotonic_seconds(),
            self._closed,
        )

    def _ask_once(
        self, url: str, park_id: int | None, deadline: float, etag: str | None
    ) -> tuple[bytes | None, str | None]:
        left = deadline - monotonic_seconds()
        if left <= 0:
            raise FeedUnavailable(_DEADLINE)
        try:
            with self._exchanges.lasting_at_most(min(left, self._answer_seconds)) as exchange:
                return self._exchange(exchange, url, left, etag)
        except BodyTooLarge as error:
            raise FeedRejected(park_id, "$", str(error), error.beginning) from error

    def _exchange(
        self, exchange: Exchange, url: str, left: float, etag: str | None
    ) -> tuple[bytes | None, str | None]:
        try:
            with self._get(url, left, etag) as answer:
                self.is_simulated = self.is_simulated or SIMULATED in answer.headers
                if answer.status_code == HTTPStatus.NOT_MODIFIED and etag is not None:
                    return None, answer.headers.get("ETag", etag)
                _check_status(answer)
                pieces = answer.raw.stream(_PIECE_BYTES, decode_content=False)
                body = read_body(pieces, answer.headers.get("Content-Encoding"), self._most_bytes)
        except (requests.RequestException, HTTPError, BodyUnreadable, OSError, ValueError) as error:
            if exchange.was_cut:
                raise self._why_cut(left) from error
            raise _told(error) from error
        if exchange.was_cut:  # where no length is told, a cut looks like the end
            raise self._why_cut(left)
        return body, answer.headers.get("ETag")

    def _why_cut(self, left: float) -> FeedUnavailable:
        if self._closed.is_set():
            return FeedUnavailable("stopped")
        if left <= self._answer_seconds:
            return FeedUnavailable(_DEADLINE)
        return WorthAnotherTry(f"not answered whole in {self._answer_seconds:g} s")

    def _get(self, url: str, left: float, etag: str | None) -> requests.Response:
        """Follows redirects on the feed's own host only: nobody else is to be asked by us."""
        host = urlsplit(url)
        timeout = (min(self._connect_seconds, left), min(self._read_seconds, left))
        headers = {"If-None-Match": etag} if etag is not None else {}
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._session.get(
                url, headers=headers, timeout=timeout, stream=True, allow_redirects=False
            )
            target = answer.headers.get("Location")
            if answer.status_code not in _REDIRECTS or not target:
                return answer
            answer.close()
            url = urljoin(url, target)
            there = urlsplit(url)
            is_upgrade = (host.scheme, there.scheme) == ("http", "https")
            is_same = (there.scheme, there.port) == (host.scheme, host.port)
            if there.hostname != host.hostname or not (is_same or is_upgrade):
                raise FeedUnavailable(f"redirected to another host: {one_line(there.netloc[:100])}")
        raise FeedUnavailable("redirected too often")


def _whole(body: bytes | None) -> bytes:
    if body is None:
        raise FeedUnavailable("HTTP 304 without having asked for it")
    return body


def usable_etag(etag: str | None) -> str | None:
    """An ETag that is worth sending back: short, and of characters that a header may hold."""
    if etag is None or len(etag) > LONGEST_ETAG or not (etag.isascii() and etag.isprintable()):
        return None
    return etag.strip() or None


def _check_status(answer: requests.Response) -> None:
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    reason = f"HTTP {status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        headers = answer.headers
        raise WorthAnotherTry(reason, retry_after_seconds(headers.get("Retry-After"), headers.get("Date")))
    if status >= HTTPStatus.BAD_REQUEST:
        raise FeedRefused(reason)
    raise FeedUnavailable(reason)


def _told(error: Exception) -> FeedUnavailable:
    """The error of a library in our words: what may pass is worth another try."""
    if isinstance(error, requests.Timeout | TransportTimeout | TimeoutError):
        return WorthAnotherTry("timed out")
    if isinstance(error, BodyUnreadable):
        return WorthAnotherTry(str(error))
    if isinstance(error, requests.exceptions.SSLError):
        return WorthAnotherTry(f"no secure connection: {_root(error)}")
    if isinstance(error, requests.ConnectionError):
        return WorthAnotherTry(f"no connection: {_root(error)}")
    if isinstance(error, requests.RequestException):
        return FeedUnavailable(one_line(f"cannot be asked: {error}")[:200])
    if isinstance(error, HTTPError | OSError):
        return WorthAnotherTry(f"connection lost: {type(error).__name__}")
    return FeedUnavailable(one_line(f"cannot be asked: {error}")[:200])


def _root(error: BaseException) -> str:
    """What the operating system said, below the layers of libraries."""
    seen = 0
    while error.__context__ is not None and seen < 10:
        error, seen = error.__context__, seen + 1
    return one_line(f"{type(error).__name__}: {error}")[:150]
