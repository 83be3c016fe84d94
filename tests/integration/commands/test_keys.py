"""`keys`: made, listed, revoked; the key itself is shown once and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def migrated(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


def test_a_new_key_alone_stands_on_stdout(call: Call) -> None:
    status, out, err = call("keys", "create", "Ann")
    assert status == 0
    assert out.startswith("pd_")
    assert len(out.split()) == 1
    assert "Key 1 for Ann" in err


def test_the_list_shows_names_and_use_but_no_key(call: Call) -> None:
    _, key, _ = call("keys", "create", "Ann")
    _, out, _ = call("keys", "list")
    assert "1  Ann: made " in out
    assert "in force, 0 requests, never used" in out
    assert key.strip() not in out


def test_a_revoked_key_is_listed_as_such(call: Call) -> None:
    call("keys", "create", "Ann")
    assert call("keys", "revoke", "1")[:2] == (0, "Key 1 is revoked.\n")
    assert ", revoked " in call("keys", "list")[1]


def test_a_key_is_revoked_once(call: Call) -> None:
    call("keys", "create", "Ann")
    call("keys", "revoke", "1")
    status, _, err = call("keys", "revoke", "1")
    assert (status, err) == (1, "Error: no key in force has the id 1\n")


def test_before_the_first_key_the_list_says_so(call: Call) -> None:
    assert call("keys", "list") == (0, "No key has been made.\n", "")


@pytest.mark.parametrize("arguments", [["create"], ["create", " "], ["revoke", "Ann"], ["delete"]])
def test_wrong_usage(call: Call, arguments: list[str]) -> None:
    assert call("keys", *arguments)[0] == 2


def test_the_key_is_in_no_file(call: Call, tmp_path: Path) -> None:
    _, key, _ = call("keys", "create", "Ann")
    secret = key.strip().encode()
    assert [file for file in tmp_path.rglob("*") if file.is_file() and secret in file.read_bytes()] == []
