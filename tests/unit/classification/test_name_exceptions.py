"""What a person says of names goes before what names say."""

from __future__ import annotations

from pathlib import Path

import pytest

from park_downtime.classification.name_exceptions import (
    ExceptionsInvalid,
    NameException,
    match_as_said,
    read_exceptions,
)

HEADER = "theirs,park_id,ride_id\n"


def said(folder: Path, text: str, header: str = HEADER) -> list[NameException]:
    path = folder / "names.csv"
    path.write_text(header + text, encoding="utf-8")
    return read_exceptions(path)


def test_parks_rides_and_what_is_none_of_ours(tmp_path: Path) -> None:
    park, ride, none = said(tmp_path, "Magic Kingdom Park,6,\n\nSpace Mountain,6,138\nVehicles,6,-\n")
    assert (park.theirs, park.park_id, park.is_of_park) == ("Magic Kingdom Park", 6, True)
    assert (ride.park_id, ride.ride_id, ride.is_of_park) == (6, 138, False)
    assert (none.ride_id, none.is_none_of_ours, none.is_of_park) == (None, True, False)
    assert ride.where.endswith("names.csv, line 4")


WRONG = {
    "Dumbo,x,\n": "line 2: park_id must be an id of Queue-Times, not 'x'",
    "Dumbo,6,none\n": "line 2: ride_id must be an id of Queue-Times, not 'none'",
    "Dumbo,,5\n": "line 2: park_id must be an id of Queue-Times, not ''",
    ",6,5\n": "line 2: theirs is empty",
    "Dumbo,6,5\nThe Dumbo™,6,7\n": "line 3: 'The Dumbo™' stands there already",
    "Magic,6,\nMAGIC,7,\n": "line 3: 'MAGIC' stands there already",
}


@pytest.mark.parametrize(("text", "reason"), WRONG.items(), ids=WRONG.values())
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ExceptionsInvalid) as caught:
        said(tmp_path, text)
    assert reason in str(caught.value)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(ExceptionsInvalid, match="line 1: lacks the columns park_id, ride_id"):
        said(tmp_path, "", header="theirs\n")


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExceptionsInvalid, match="cannot be read"):
        read_exceptions(tmp_path / "gone.csv")


THEIRS = {"a": "Dumbo", "b": "Carousel", "c": "Carousel"}
OURS = [(1, "Dumbo"), (2, "Flying Elephant"), (3, "Carousel")]


def test_a_name_is_what_a_person_says(tmp_path: Path) -> None:
    assert match_as_said(THEIRS, said(tmp_path, "DUMBO,6,2\n"), OURS).found == {"a": 2}


def test_an_id_of_theirs_tells_two_of_one_name_apart(tmp_path: Path) -> None:
    matched = match_as_said(THEIRS, said(tmp_path, "b,6,3\n"), OURS)
    assert matched.found == {"a": 1, "b": 3}
    assert matched.unmatched == ["c"]


def test_what_is_none_of_ours_is_neither_matched_nor_left(tmp_path: Path) -> None:
    matched = match_as_said(THEIRS, said(tmp_path, "b,6,-\n"), OURS)
    assert matched.found == {"a": 1, "c": 3}
    assert matched.unmatched == []


def test_two_cannot_be_one_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ExceptionsInvalid, match="'Carousel' would be the second that is 3"):
        match_as_said(THEIRS, said(tmp_path, "Carousel,6,3\n"), OURS)
