"""`export` and `import` as they are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("feed")


def test_from_one_database_into_another(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("migrate")
    call("collect")
    status, out, _ = call("export", "all.zip")
    assert (status, out.startswith("Exported ")) == (0, True)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    call("migrate")
    status, out, _ = call("import", "all.zip")
    assert (status, out.startswith("Imported ")) == (0, True)
    status, _, err = call("import", "all.zip")
    assert (status, "Error: the database is not empty" in err) == (1, True)
    assert call("import", "all.zip", "--replace")[0] == 0


def test_an_existing_file_is_not_overwritten_unless_forced(call: Call) -> None:
    call("migrate")
    Path("all.zip").write_text("precious", "utf-8")
    status, _, err = call("export", "all.zip")
    assert (status, "all.zip exists" in err) == (1, True)
    assert Path("all.zip").read_text("utf-8") == "precious"
    assert call("export", "all.zip", "--force")[0] == 0


def test_a_folder_that_does_not_exist(call: Call) -> None:
    call("migrate")
    status, _, err = call("export", "missing/all.zip")
    assert status == 1
    assert err.strip().endswith("missing/all.zip.unfinished: No such file or directory")


def test_what_is_no_archive(call: Call) -> None:
    call("migrate")
    Path("all.zip").write_text("precious", "utf-8")
    status, _, err = call("import", "all.zip")
    assert (status, "Error: all.zip is no archive" in err) == (1, True)
