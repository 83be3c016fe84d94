"""Nothing that a stranger wrote steers a terminal or begins a line of its own."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.plain_text import escaped, escaped_json, escaped_lines, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Space Mountain™ 🎢 é", "Space Mountain™ 🎢 é"),
        ("a\nERROR b", "a\\nERROR b"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31mred", "\\x9b31mred"),
        ("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
        ("gnp.\u202eexe", "gnp.\\u202eexe"),
        ("half \ud83d", "half \\ud83d"),
    ],
)
def test_what_steers_is_written_out(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_control_character_is_left(text: str) -> None:
    kinds = {unicodedata.category(letter) for letter in escaped(text)}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert len(escaped(text).splitlines()) <= 1


@given(st.text(), st.text(alphabet="\x7f\x85\x9b\u2028\u202e\u2066\ud800"))
def test_json_stays_the_same_json(text: str, steering: str) -> None:
    said = {text: steering}
    assert json.loads(escaped_json(json.dumps(said, ensure_ascii=False))) == said


def test_our_own_lines_stay_lines() -> None:
    assert escaped_lines("one\ntwo\x1b\nthree") == "one\ntwo\\x1b\nthree"


def test_a_sentence_has_no_line_ends() -> None:
    assert one_line("no connection:\r\n  hello\u2028world\n") == "no connection: hello world"
