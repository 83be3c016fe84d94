"""The curated list is checked when it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from park_downtime.classification.curated import (
    PACKAGED,
    CuratedFile,
    CuratedInvalid,
    CuratedRide,
    read_file,
    statements,
    write_file,
)
from park_downtime.classification.statement import Source
from park_downtime.model import Category

GOOD: dict[str, Any] = {
    "tier": 1,
    "category": "ride",
    "confidence": 0.95,
    "reasoning": "the park's mountain",
    "research_sources": ["general knowledge of the park"],
}


def written(folder: Path, rides: dict[str, Any], version: int = 1) -> Path:
    file = folder / "exact_matches.json"
    file.write_text(json.dumps({"schema_version": version, "rides": rides}))
    return file


def test_an_entry_is_read(tmp_path: Path) -> None:
    said = statements(read_file(written(tmp_path, {"6:138": GOOD})), Source.CURATED)[(6, 138)]
    assert (said.category, said.tier, said.confidence, said.reason) == (
        Category.RIDE,
        1,
        0.95,
        "the park's mountain",
    )


def test_an_absent_file_is_an_empty_list(tmp_path: Path) -> None:
    assert read_file(tmp_path / "absent.json").rides == {}


def test_the_packaged_list_is_valid() -> None:
    assert read_file(PACKAGED).schema_version == 1


@pytest.mark.parametrize(
    ("rides", "key", "field"),
    [
        ({"6:138": GOOD | {"tier": 4}}, "6:138", "tier"),
        ({"6:138": GOOD | {"tier": "1"}}, "6:138", "tier"),
        ({"6:138": GOOD | {"category": "coaster"}}, "6:138", "category"),
        ({"6:138": GOOD | {"confidence": 1.1}}, "6:138", "confidence"),
        ({"6:138": GOOD | {"reasoning": " "}}, "6:138", "reasoning"),
        ({"6:138": GOOD | {"colour": "blue"}}, "6:138", "colour"),
        ({"6:138": GOOD | {"research_sources": None}}, "6:138", "research_sources"),
        ({"space mountain": GOOD}, "space mountain", "pattern"),
    ],
)  # fmt: skip
def test_an_error_names_the_key_and_the_field(
    tmp_path: Path, rides: dict[str, Any], key: str, field: str
) -> None:
    file = written(tmp_path, rides)
    with pytest.raises(CuratedInvalid) as raised:
        read_file(file)
    message = str(raised.value)
    assert key in message
    assert field in message
    assert str(file) in message


def test_another_schema_version_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CuratedInvalid, match="schema_version"):
        read_file(written(tmp_path, {}, version=2))


def test_a_truncated_file_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "exact_matches.json"
    file.write_text('{"schema_version": 1, "rides": {')
    with pytest.raises(CuratedInvalid, match=r"exact_matches\.json"):
        read_file(file)


def test_many_errors_are_not_all_listed(tmp_path: Path) -> None:
    file = written(tmp_path, {f"6:{ride}": GOOD | {"tier": 9} for ride in range(1, 100)})
    with pytest.raises(CuratedInvalid, match="and 94 more"):
        read_file(file)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "answers.json"
    content = CuratedFile(schema_version=1, rides={"6:138": CuratedRide.model_validate(GOOD)})
    write_file(file, content)
    assert read_file(file) == content
    assert [path.name for path in file.parent.iterdir()] == ["answers.json"]
