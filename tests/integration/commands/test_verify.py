"""`verify`: a table, files to keep, every name that was left out, and refusals in one line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import two_days
from sqlalchemy import Engine

from park_downtime.database.engine import make_engine

Call = Callable[..., tuple[int, str, str]]

PICTURES = {
    1: "oooooooooooooooooooooooo",
    2: "ooooooXXXoooooooooooooXX",  # down for 30 minutes, closed 20 minutes early
    3: "oooooooooooooooooooooooo",
}
NAMES = {1: "=Dumbo", 2: "Space Mountain", 3: "Carousel"}
EXPORT = (
    "parkId,parkName,entityId,entityName,entityType,date,operatingMinutes,downMinutes,unknownMinutes\n"
    "p,Magic,d,Dumbo,ATTRACTION,2026-07-01,240,0,0\n"
    "p,Magic,s,SPACE MOUNTAIN,ATTRACTION,2026-07-01,190,60,0\n"
    "p,Magic,x,Pirates,ATTRACTION,2026-07-01,240,0,0\n"
    "p,Magic,y,Fireworks,SHOW,2026-07-01,20,0,0\n"
)


@pytest.fixture(autouse=True)
def world(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    engine = make_engine(sqlite_url)
    two_days.fill(engine, PICTURES, NAMES)
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    yield engine
    engine.dispose()


def rows_of(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_tells_parks_and_rides(call: Call) -> None:
    status, out, _ = call("verify", "export.csv")
    assert status == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == (
        "Beside another source: 2 ride-days that both have, of 2 rides in 1 parks, 2026-07-01 to 2026-07-01"
    )
    method = next(line for line in lines if line.startswith("2 Space Mountain")).split()[5]
    assert f"6 Magic 2 2 {method} 30 0 30 20 0 50.0" in lines
    assert f"1 =Dumbo 1 1 {method} 0 0 0 0 0 -" in lines
    assert f"2 Space Mountain 1 1 {method} 30 0 30 20 0 50.0" in lines
    assert f"All 2 2 {method} 30 0 30 20 0 50.0" in lines


def test_names_left_out_are_listed(call: Call) -> None:
    out = call("verify", "export.csv")[1]
    assert 'only theirs: "Pirates"' in out
    assert "only ours: Carousel (3)" in out
    assert "1 rows are of no attraction" in out


def test_csv_has_the_park_and_its_rides(call: Call) -> None:
    assert call("verify", "export.csv", "--csv", "rides.csv")[0] == 0
    park, dumbo, space = rows_of("rides.csv")
    assert (park["park_id"], park["ride_id"], park["ride_days"]) == ("6", "", "2")
    assert (dumbo["ride_name"], dumbo["their_name"]) == ("'=Dumbo", "Dumbo")  # no formula in a sheet
    assert (space["ride_id"], space["final_ride_days"]) == ("2", "1")
    parts = ("both_down_minutes", "only_we_minutes", "only_they_minutes", "unknown_minutes")
    assert [space[part] for part in parts] == ["30.0", "0.0", "30.0", "0.0"]
    assert space["only_they_closed_here_minutes"] == "20.0"
    assert space["their_down_minutes"] == "60"


def test_csv_of_days_has_method_and_finality(call: Call) -> None:
    assert call("verify", "export.csv", "--days-csv", "days.csv")[0] == 0
    _, space = rows_of("days.csv")
    assert (space["date"], space["is_final"], space["is_partial"]) == ("2026-07-01", "true", "false")
    assert int(space["method_version"]) >= 1
    assert space["is_simulated"] == "false"


def test_the_text_has_a_paragraph_and_a_table(call: Call) -> None:
    assert call("verify", "export.csv", "--text", "text.md")[0] == 0
    text = Path("text.md").read_text("utf-8")
    assert text.startswith(
        "Our downtime beside the daily minutes of ThemeParks.wiki: 2 ride-days that both have, "
    )
    assert "The two may draw on the same sources: that they agree is no proof." in text
    assert "\n| Magic | 2 | 2 | 30 | 0 | 30 | 20 | 0 | 50.0 % |\n" in text
    assert "1 attractions that only they name, 1 rides that only we name," in text


def test_nothing_to_compare_is_a_failure_that_lists_the_names(call: Call) -> None:
    Path("export.csv").write_text(EXPORT.replace("Magic", "Kingdom"), encoding="utf-8")
    status, out, err = call("verify", "export.csv", "--csv", "rides.csv")
    assert status == 1
    assert 'Their parks that match none of ours: "Kingdom"' in out
    assert "Our parks that match none of theirs: =Prairie (50), Magic (6)" in out
    assert "Error: nothing to compare" in err
    assert not Path("rides.csv").exists()


def test_a_wrong_file_is_named_with_its_line(call: Call) -> None:
    Path("export.csv").write_text(EXPORT.replace("190", "many"), encoding="utf-8")
    status, out, err = call("verify", "export.csv")
    assert (status, out) == (1, "")
    assert err == "Error: export.csv, line 3: operatingMinutes is no number of minutes: 'many'\n"


def test_a_wrong_file_of_exceptions_is_named_with_its_line(call: Call) -> None:
    Path("names.csv").write_text("theirs,park_id,ride_id\nPirates,6,99\n", encoding="utf-8")
    status, _, err = call("verify", "export.csv", "--exceptions", "names.csv")
    assert status == 1
    assert "Error: names.csv, line 2: park 6 has no ride 99" in err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("gone.csv",),
        ("export.csv", "--csv", "export.csv"),
        ("export.csv", "--csv", "new.csv", "--text", "new.csv"),
    ],
)
def test_wrong_usage_is_told(call: Call, arguments: tuple[str, ...]) -> None:
    assert call("verify", *arguments)[0] == 2
    assert Path("export.csv").read_text("utf-8") == EXPORT
