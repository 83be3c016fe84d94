"""What is written whole is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from park_downtime.whole_file import write_whole, writing_if_other, writing_whole


def test_the_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.json"]


def test_a_failure_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), writing_whole(path) as file:
        file.write(b"half of it")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.json"]


def test_a_secret_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with writing_whole(path, 0o600) as file:
        assert path.with_name("all.zip.unfinished").stat().st_mode & 0o777 == 0o600
        file.write(b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "missing" / "list.json", b"x")


def test_a_file_that_holds_it_already_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"the same")
    before = file.stat().st_ino
    with writing_if_other(file) as out:
        out.write(b"the same")
    assert file.stat().st_ino == before
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_one_that_holds_something_else_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"before")
    with writing_if_other(file) as out:
        out.write(b"after")
    assert file.read_bytes() == b"after"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
