"""Names are compared without what makes the same name look different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.classification.name_rules import plain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Twilight Zone Tower of Terror™ ", "the twilight zone tower of terror"),
        ("Tweety’s Escape", "tweety's escape"),
        ("Star Tours – The Adventures Continue", "star tours - the adventures continue"),
        ("Star Tours: The Adventures Continue*", "star tours: the adventures continue"),
        ("Palais du Cinéma", "palais du cinema"),
        ("L’Aventure Totalement Toquée de Rémy\u200b", "l'aventure totalement toquee de remy"),
        ("<em>Sylvester and Tweety</em> Pounce And Bounce", "sylvester and tweety pounce and bounce"),
        ("ALL NEW for 2025: Wrath of Rakshasa", "wrath of rakshasa"),
        ("Phoenix Rising - NOW OPEN!", "phoenix rising"),
        ("Driving School - NOW OPEN!", "driving school"),
        ("NEW! The Estate at Wretched Meadows", "the estate at wretched meadows"),
    ],
)  # fmt: skip
def test_a_name_is_made_plain(name: str, expected: str) -> None:
    assert plain(name) == expected


def test_a_name_that_begins_with_new_keeps_it() -> None:
    assert plain("New Texas Giant") == "new texas giant"


@given(st.text(max_size=80))
def test_any_text_can_be_made_plain(name: str) -> None:
    assert plain(name) == plain(name).strip()
