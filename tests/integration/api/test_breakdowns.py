"""How often rides break down, when, for how long, and since when they have not opened, over weeks of days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from api_world import MakeApp
from cycles import RIDES, add_parks, cycle, park, said
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading, writing
from park_downtime.database.idle_rides import not_opened_since
from park_downtime.database.statistics_tables import ride_daily_stats
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.judging.moment import moment
from park_downtime.judging.roll_up import roll_up
from park_downtime.model import State
from park_downtime.periods import DateRange
from park_downtime.reports.idle_rides import are_idle_ready, idle_since, make_idle_ready

PARK, DAYS = 6, 12
EVERY = timedelta(minutes=10)
FIRST = datetime(2026, 6, 20, 14, tzinfo=UTC)
"""10:00 in New York, on a Saturday."""
TODAY = FIRST + timedelta(days=DAYS - 1)
PICTURES = {
    #  10     11
    1: "ooXXoo oooooo XX",  # 20 minutes down from 10:20 on
    2: "oooooo oooooo XX",
    3: "oooooo oXXXXo XX",
    4: "oooooo oooooo XX",
    5: "XXXXXX XXXXXX XX",  # has not opened since the first day
}


def readings(pictures: dict[int, str], place: int) -> tuple[Any, ...]:
    letters = {ride_id: picture.replace(" ", "")[place] for ride_id, picture in pictures.items()}
    return tuple(
        said(ride_id, State.OPEN if letter == "o" else State.CLOSED) for ride_id, letter in letters.items()
    )


def draw_day(engine: Engine, start: datetime, pictures: dict[int, str]) -> datetime:
    places = len(pictures[1].replace(" ", ""))
    for place in range(places):
        store_cycle(engine, cycle(start + place * EVERY, {PARK: readings(pictures, place)}), RIDES)
    return start + (places - 1) * EVERY


@pytest.fixture
def twelve_days(engine: Engine) -> Engine:
    return fill(engine)


@pytest.fixture
def on_sqlite(sqlite_engine: Engine) -> Engine:
    return fill(sqlite_engine)


def fill(engine: Engine) -> Engine:
    """All closed but the last, on which ride 1 is down from 10:20 on."""
    add_parks(engine, park(PARK))
    for number in range(DAYS - 1):
        opened = {5: PICTURES[5].replace("X", "o", 1)} if number == 0 else {}
        draw_day(engine, FIRST + timedelta(days=number), PICTURES | opened)
        aggregate_due(engine, FIRST + timedelta(days=number + 1, hours=-3))
    today = {ride_id: picture[:4] for ride_id, picture in PICTURES.items()}
    draw_day(engine, TODAY, today)
    return engine


NOW = TODAY + timedelta(minutes=32)


@pytest.fixture
def of_either(twelve_days: Engine, make_app: MakeApp) -> FlaskClient:
    return make_app(twelve_days, NOW).test_client()


@pytest.fixture
def client(on_sqlite: Engine, make_app: MakeApp) -> FlaskClient:
    return make_app(on_sqlite, NOW).test_client()


def data(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.get_json()["data"]


class TestBreakdowns:
    def test_a_ride_breaks_down_at_the_hour_of_the_park_at_which_it_did(self, client: FlaskClient) -> None:
        rows = data(client, "/api/rides/1/breakdowns?period=30days")
        assert {row["hour"] for row in rows if row["outages"]} == {10}
        assert {row["weekday"]: row["outages"] for row in rows if row["outages"]} == {
            1: 2,
            2: 2,
            3: 1,
            4: 1,
            5: 1,
            6: 2,
            7: 2,
        }

    def test_its_hours_are_those_in_which_it_was_open_or_down(self, client: FlaskClient) -> None:
        answer = client.get("/api/rides/1/breakdowns?period=30days").get_json()
        figures = data(client, "/api/rides/1/details?period=30days")["statistics"]
        observed = sum(row["observed_hours"] for row in answer["data"])
        assert answer["outage_count"] == figures["outage_count"] == DAYS - 1
        assert 100 * answer["outage_count"] / observed == pytest.approx(
            figures["outages_per_100_hours"], rel=0.001
        )

    def test_a_park_has_those_of_all_its_rides(self, of_either: FlaskClient) -> None:
        answer = of_either.get("/api/parks/6/breakdowns?period=30days").get_json()
        figures = data(of_either, "/api/parks/6/details?period=30days")["statistics"]
        observed = sum(row["observed_hours"] for row in answer["data"])
        assert {row["hour"] for row in answer["data"] if row["outages"]} == {10, 11}
        assert answer["outage_count"] == figures["outage_count"] == 2 * (DAYS - 1)
        assert 100 * answer["outage_count"] / observed == pytest.approx(
            figures["outages_per_100_hours"], rel=0.001
        )

    def test_below_ten_there_are_no_rows(self, client: FlaskClient) -> None:
        answer = client.get("/api/rides/1/breakdowns?period=7days").get_json()
        assert (answer["outage_count"], answer["data"]) == (6, [])

    def test_a_period_without_data_says_what_there_is(self, client: FlaskClient) -> None:
        answer = client.get("/api/rides/1/breakdowns?period=2025")
        details = answer.get_json()["error"]["details"]
        assert (answer.status_code, details["first_date"]) == (404, "2026-06-20")

    def test_as_csv(self, client: FlaskClient) -> None:
        answer = client.get("/api/rides/1/breakdowns?format=csv")
        assert answer.text.splitlines()[0] == "weekday,hour,outages,observed_hours"


class TestLengths:
    def test_of_a_ride(self, client: FlaskClient) -> None:
        figures = data(client, "/api/rides/1/details?period=30days")["statistics"]
        assert (figures["median_outage_minutes"], figures["p90_outage_minutes"]) == (20, 20)
        assert figures["without_park_wide"]["median_outage_minutes"] == 20

    def test_of_a_park_and_of_each_of_its_rides(self, client: FlaskClient) -> None:
        of_park = data(client, "/api/parks/6/details?period=30days")
        figures = of_park["statistics"]
        assert (figures["median_outage_minutes"], figures["p90_outage_minutes"]) == (20, 40)
        assert [ride["median_outage_minutes"] for ride in of_park["rides"]] == [20, None, 40, None, None]

    def test_of_one_that_is_down_what_became_of_those_that_lasted_as_long(
        self, on_sqlite: Engine, make_app: MakeApp
    ) -> None:
        at = TODAY + 4 * EVERY
        store_cycle(on_sqlite, cycle(at, {PARK: readings(PICTURES, 3)}), RIDES)
        ride = data(make_app(on_sqlite, at).test_client(), "/api/rides/1/details")
        assert ride["back_again"] == {
            "lasted_minutes": 20.0,
            "outages": DAYS - 1,
            "back": DAYS - 1,
            "within_minutes": 30.0,
        }

    def test_of_one_that_runs_nothing(self, client: FlaskClient) -> None:
        assert data(client, "/api/rides/2/details")["back_again"] is None


class TestWithoutParkWide:
    @pytest.fixture(autouse=True)
    def marked(self, on_sqlite: Engine) -> None:
        with writing(on_sqlite) as connection:
            of_ride = update(ride_daily_stats).where(ride_daily_stats.c.ride_id == 3)
            connection.execute(of_ride.values(park_wide_outage_count=1, park_wide_seconds=2400))

    def test_an_outage_that_was_the_parks_is_none(self, client: FlaskClient) -> None:
        address = "/api/rides/downtime?period=yesterday&sort=ride_id"
        with_it, without = (
            {row["ride_id"]: row for row in data(client, f"{address}&park_wide={how}")}
            for how in ("include", "exclude")
        )
        assert (with_it[3]["outage_count"], without[3]["outage_count"], without[1]["outage_count"]) == (
            1,
            0,
            1,
        )
        assert (without[3]["downtime_hours"], without[3]["outages_per_100_hours"]) == (0, 0)

    def test_its_details_say_both(self, client: FlaskClient) -> None:
        figures = data(client, "/api/rides/3/details?period=yesterday")["statistics"]
        assert (figures["outage_count"], figures["without_park_wide"]["outage_count"]) == (1, 0)
        of_park = data(client, "/api/parks/6/details?period=yesterday")["statistics"]
        assert (of_park["outage_count"], of_park["without_park_wide"]["outage_count"]) == (2, 1)


class TestNotOperatedSince:
    def test_the_list_and_the_ride_say_the_same(self, of_either: FlaskClient) -> None:
        listed = {row["ride_id"]: row["not_operated_since"] for row in data(of_either, "/api/rides")}
        assert listed == {1: None, 2: None, 3: None, 4: None, 5: "2026-06-21"}
        assert data(of_either, "/api/rides/5/details")["not_operated_since"] == "2026-06-21"
        assert data(of_either, "/api/rides/1/details")["not_operated_since"] is None

    def test_whoever_opens_today_is_back(self, on_sqlite: Engine, make_app: MakeApp) -> None:
        for place in (4, 5):
            at = TODAY + place * EVERY
            store_cycle(on_sqlite, cycle(at, {PARK: readings(PICTURES | {5: PICTURES[2]}, place)}), RIDES)
        client = make_app(on_sqlite, at).test_client()
        assert {row["not_operated_since"] for row in data(client, "/api/rides")} == {None}
        assert data(client, "/api/rides/5/details")["not_operated_since"] is None

    def test_what_is_ready_is_what_the_rows_say(self, twelve_days: Engine) -> None:
        with writing(twelve_days) as connection:
            read = idle_since(connection, moment(connection), [PARK])
            make_idle_ready(connection)
            assert are_idle_ready(connection, moment(connection))
            assert idle_since(connection, moment(connection), [PARK]) == read == {5: date(2026, 6, 21)}

    def test_a_day_that_is_closed_makes_it_anew(self, on_sqlite: Engine) -> None:
        with writing(on_sqlite) as connection:
            make_idle_ready(connection)
            roll_up(connection, [PARK], TODAY.date())
        with reading(on_sqlite) as connection:
            assert not are_idle_ready(connection, moment(connection))

    @pytest.mark.parametrize(
        ("picture", "since"),
        [
            ("oNNo", None),  # it opened on its last known day
            ("NNo-.", None),
            ("ooNNN", 2),
            ("oo-N.N-", 3),  # its park was closed, or nobody looked
            ("--..", None),
        ],
    )
    @pytest.mark.parametrize("others", [0, 9_000])
    def test_the_first_day_on_which_it_did_not(
        self, engine: Engine, picture: str, since: int | None, others: int
    ) -> None:
        """`o` it opened, `N` it did not although its park ran, `-` no row, `.` not observed."""
        first = date(2026, 5, 1)
        add_parks(engine, park(PARK))
        store_cycle(engine, cycle(FIRST, {PARK: (said(1),)}), RIDES)
        with writing(engine) as connection:
            for place, letter in enumerate(picture):
                if letter == "-":
                    continue
                row = dict.fromkeys(column.name for column in ride_daily_stats.columns) | dict.fromkeys(
                    (c.name for c in ride_daily_stats.columns if not c.nullable), 0
                )
                row |= {"stat_date": first + timedelta(days=place), "park_id": PARK, "ride_id": 1}
                row |= {"days_operated": int(letter == "o"), "days_not_operated": int(letter == "N")}
                connection.execute(ride_daily_stats.insert(), row)
            dates = DateRange(first, first + timedelta(days=len(picture) - 1))
            found = not_opened_since(connection, PARK, [1, *range(100_000, 100_000 + others)], dates)
        assert found == ({} if since is None else {1: first + timedelta(days=since)})
