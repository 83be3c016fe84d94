"""Our days, drawn by hand, beside another source's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import two_days
from sqlalchemy import Engine
from two_days import MAGIC, TUESDAY, WEDNESDAY

from park_downtime.classification.name_exceptions import ExceptionsInvalid
from park_downtime.database.engine import writing
from park_downtime.database.rides import keep_former_name
from park_downtime.jobs.verify import ComparedDay, ComparedPark, Verified, verify

PICTURES = {
    #   10    11    12    13
    1: "oooooooooooooooooooooooo",
    2: "ooooooXXXoooooooooooooXX",  # down for 30 minutes, closed 20 minutes early
    3: "ooooooXXXXXXoooooooooooo",  # down for an hour
    4: "oooooo......oooooooooooo",  # an hour unknown
    5: "oooooooooooooooooooooooo",
    9: "XXXooXXXXooXXXXooXXXXooX",  # a show
}
NAMES = {1: "The Dumbo™", 2: "Space Mountain", 3: "Carousel", 4: "Teacups", 5: "carousel", 9: "Parade"}
HEADER = "parkId,parkName,entityId,entityName,entityType,date,operatingMinutes,downMinutes,unknownMinutes\n"


@pytest.fixture
def world(sqlite_engine: Engine) -> Engine:
    two_days.fill(sqlite_engine, PICTURES, NAMES)
    return sqlite_engine


def row(
    name: str, down: int, unknown: str = "0", day: date = WEDNESDAY, park: str = "MAGIC®", key: str = ""
) -> str:
    return f'p-{park},{park},{key or f"e-{name}"},"{name}",ATTRACTION,{day},200,{down},{unknown}\n'


def compare(engine: Engine, folder: Path, *rows: str, said: str | None = None) -> Verified:
    (folder / "export.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    if said is None:
        return verify(engine, [folder / "export.csv"])
    (folder / "names.csv").write_text("theirs,park_id,ride_id\n" + said, encoding="utf-8")
    return verify(engine, [folder / "export.csv"], folder / "names.csv")


def only_park(verified: Verified) -> ComparedPark:
    (park,) = verified.parks
    return park


def only_day(verified: Verified) -> ComparedDay:
    (day,) = verified.days
    return day


def minutes(day: ComparedDay) -> tuple[int, int, int, int, int]:
    """Both, only we, only they, of it closed here, unknown."""
    agreed = day.agreement
    return (
        agreed.both_seconds // 60,
        agreed.only_we_seconds // 60,
        agreed.only_they_seconds // 60,
        agreed.closed_here_seconds // 60,
        agreed.unknown_seconds // 60,
    )


def test_a_day_that_both_know_is_compared(world: Engine, tmp_path: Path) -> None:
    assert minutes(only_day(compare(world, tmp_path, row("Space Mountain", 30)))) == (30, 0, 0, 0, 0)
    assert minutes(only_day(compare(world, tmp_path, row("Space Mountain", 10)))) == (10, 20, 0, 0, 0)
    assert minutes(only_day(compare(world, tmp_path, row("Space Mountain", 10, "5")))) == (10, 15, 0, 0, 5)


def test_what_they_call_down_and_we_closed_is_told(world: Engine, tmp_path: Path) -> None:
    assert minutes(only_day(compare(world, tmp_path, row("Space Mountain", 60)))) == (30, 0, 30, 20, 0)


def test_what_we_did_not_see_is_unknown(world: Engine, tmp_path: Path) -> None:
    day = only_day(compare(world, tmp_path, row("Teacups", 20)))
    assert day.ours.unknown_seconds > 20 * 60
    assert minutes(day) == (0, 0, 0, 0, 20)


def test_where_they_do_not_say_what_they_missed_nothing_is_ours_alone(world: Engine, tmp_path: Path) -> None:
    assert minutes(only_day(compare(world, tmp_path, row("Space Mountain", 0, "")))) == (0, 0, 0, 0, 30)


def test_the_beginning_of_our_first_day_is_not_known(world: Engine, tmp_path: Path) -> None:
    day = only_day(compare(world, tmp_path, row("Space Mountain", 90, day=TUESDAY)))
    assert day.ours.is_partial
    assert minutes(day) == (30, 0, 0, 0, 60)


def test_the_days_method_and_finality_stand_beside_it(world: Engine, tmp_path: Path) -> None:
    day = only_day(compare(world, tmp_path, row("Space Mountain", 30)))
    assert (day.ours.stat_date, day.ours.is_final, day.ours.is_partial) == (WEDNESDAY, True, False)
    assert day.ours.method_version >= 1


def test_days_that_only_one_has_are_left_out(world: Engine, tmp_path: Path) -> None:
    park = only_park(compare(world, tmp_path, row("Space Mountain", 30, day=date(2026, 7, 9))))
    assert park.rides == []
    assert [entry.ride_id for entry in park.left_out.no_common_day] == [2]


def test_names_that_match_nothing_are_listed_on_both_sides(world: Engine, tmp_path: Path) -> None:
    park = only_park(compare(world, tmp_path, row("Dumbo", 0), row("Pirates", 0)))
    assert [ride.entry.ride_id for ride in park.rides] == [1]
    assert park.left_out.only_theirs == ["Pirates"]
    assert [entry.ride_id for entry in park.left_out.only_ours] == [3, 2, 4, 5]


def test_a_name_that_could_be_several_is_listed_as_such(world: Engine, tmp_path: Path) -> None:
    left_out = only_park(compare(world, tmp_path, row("CAROUSEL", 0))).left_out
    assert [(names, [entry.ride_id for entry in ours]) for names, ours in left_out.ambiguous] == [
        (["CAROUSEL"], [3, 5])
    ]
    assert [entry.ride_id for entry in left_out.only_ours] == [2, 4, 1]


def test_what_we_do_not_count_is_no_ride_that_only_they_have(world: Engine, tmp_path: Path) -> None:
    left_out = only_park(compare(world, tmp_path, row("Parade", 0))).left_out
    assert [entry.ride_id for entry in left_out.not_counted] == [9]
    assert left_out.only_theirs == []


def test_a_former_name_is_known(world: Engine, tmp_path: Path) -> None:
    with writing(world) as connection:
        keep_former_name(connection, 2, "Rocket Hill", two_days.OPENING)
    assert only_day(compare(world, tmp_path, row("Rocket Hill", 30))).ours.ride_id == 2


def test_a_person_says_what_names_mean(world: Engine, tmp_path: Path) -> None:
    rows = (row("Rocket Hill", 30, park="Kingdom"), row("Carousel", 60, key="c-1", park="Kingdom"))
    said = "Kingdom,6,\nRocket Hill,6,2\nc-1,6,3\n"
    park = only_park(compare(world, tmp_path, *rows, said=said))
    assert park.park.park_id == MAGIC
    assert [(ride.entry.ride_id, ride.their_name) for ride in park.rides] == [
        (3, "Carousel"),
        (2, "Rocket Hill"),
    ]
    assert park.agreement.both_seconds == 90 * 60


def test_parks_that_match_nothing_are_listed(world: Engine, tmp_path: Path) -> None:
    verified = compare(world, tmp_path, row("Dumbo", 0, park="Kingdom"))
    assert verified.parks == []
    assert verified.parks_only_theirs == ["Kingdom"]
    assert [park.park_id for park in verified.parks_only_ours] == [50, MAGIC]


def test_an_exception_that_means_nothing_is_told(world: Engine, tmp_path: Path) -> None:
    verified = compare(world, tmp_path, row("Dumbo", 0), said="Dumbbo,6,1\nDumbo,50,-\n")
    assert [one.theirs for one in verified.unused_exceptions] == ["Dumbbo"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Kingdom,7,\n", "line 2: no tracked park has the id 7"),
        ("Dumbo,6,1\nWheel,50,2\n", "line 3: park 50 has no ride 2"),
    ],
)
def test_ids_that_do_not_exist_are_refused(world: Engine, tmp_path: Path, said: str, reason: str) -> None:
    with pytest.raises(ExceptionsInvalid) as caught:
        compare(world, tmp_path, row("Dumbo", 0), said=said)
    assert reason in str(caught.value)
