"""Feeds keep to RFC 4287, whatever names they tell of."""

from __future__ import annotations

from datetime import UTC, datetime

import rfc4287
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.api.atom import Feed, FeedEntry, Link, as_atom

AT = datetime(2026, 7, 1, 16, tzinfo=UTC)
LINKS = [Link("self", "6.atom", "application/atom+xml"), Link("alternate", "../../", "text/html")]
ATOM = rfc4287.ATOM


def entry(name: str, path: str = "outage/7-1/went_down", at: datetime = AT) -> FeedEntry:
    return FeedEntry(path, f"{name} went down", f"{name} closed.", at, LINKS[1:])


def feed(name: str, *entries: FeedEntry) -> Feed:
    return Feed("park/6", name, "Rides", AT, LINKS, entries)


@given(st.text(), st.booleans())
def test_whatever_a_ride_is_called(name: str, is_simulated: bool) -> None:
    assert rfc4287.faults(as_atom(feed(name, entry(name)), is_simulated)) == []


def test_without_an_entry() -> None:
    assert rfc4287.faults(as_atom(feed("Magic"), is_simulated=False)) == []


def test_a_name_is_text_and_no_markup() -> None:
    hostile = "<img src=x> & ]]>"
    root = rfc4287.parsed(as_atom(feed(hostile), is_simulated=False))
    assert root.findtext(f"{ATOM}title") == hostile


def test_it_was_updated_with_its_newest_entry() -> None:
    old, new = entry("A", "a", datetime(2026, 6, 1, tzinfo=UTC)), entry("B", "b", AT)
    root = rfc4287.parsed(as_atom(feed("Magic", old, new), is_simulated=False))
    assert root.findtext(f"{ATOM}updated") == "2026-07-01T16:00:00Z"


def test_what_is_made_up_says_so_in_titles_ids_and_a_category() -> None:
    root = rfc4287.parsed(as_atom(feed("Magic", entry("A")), is_simulated=True))
    for element in (root, root.find(f"{ATOM}entry")):
        assert element is not None
        assert str(element.findtext(f"{ATOM}title")).startswith("[simulated] ")
        assert str(element.findtext(f"{ATOM}id")).startswith("tag:park-downtime,2026:simulated/")
        category = element.find(f"{ATOM}category")
        assert category is not None and category.get("term") == "simulated"


class TestTheRulesTellWhatIsWrong:
    GOOD = as_atom(feed("Magic", entry("A")), is_simulated=False).decode()

    def changed(self, old: str, new: str) -> list[str]:
        assert old in self.GOOD
        return rfc4287.faults(self.GOOD.replace(old, new, 1).encode())

    def test_a_second_title(self) -> None:
        assert self.changed("<title>", "<title>x</title><title>")

    def test_no_updated(self) -> None:
        assert self.changed("<updated>2026-07-01T16:00:00Z</updated>", "")

    def test_a_date_of_another_form(self) -> None:
        assert self.changed("2026-07-01T16:00:00Z", "2026-07-01 16:00")

    def test_an_id_that_is_relative(self) -> None:
        assert self.changed("tag:park-downtime,2026:park/6", "park/6")

    def test_nobody_as_author(self) -> None:
        name = "<author><name>Theme Park Downtime Tracker</name></author>"
        assert self.changed(name, "") == ["nobody is the author of an entry (4.1.1)"]

    def test_two_alternates(self) -> None:
        link = '<link rel="alternate" type="text/html" href="../../" />'
        assert self.changed(link, link + link)

    def test_an_element_that_it_does_not_know(self) -> None:
        assert self.changed("<title>", "<headline>x</headline><title>")
