"""The method page of the dashboard says what docs/method.md says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    described = importlib.util.spec_from_file_location(
        "draw_method_page", CHECKOUT / "tools" / "draw_method_page.py"
    )
    assert described is not None
    assert described.loader is not None
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module


def test_the_page_is_the_document(drawing: ModuleType) -> None:
    written = drawing.page(drawing.SOURCE.read_text("utf-8"))
    assert drawing.PAGE.read_text("utf-8") == written, "run `make docs`"


def test_its_pictures_are_those_of_the_document(drawing: ModuleType) -> None:
    names = drawing.pictures(drawing.SOURCE.read_text("utf-8"))
    assert names == ["ride-day.svg"]
    for name in names:
        assert (drawing.COPIES / name).read_bytes() == (drawing.PICTURES / name).read_bytes(), (
            "run `make docs`"
        )


@pytest.mark.parametrize("left_over", ["**", "](", "\n|", "\n- ", "\n#", "`"])
def test_no_markdown_is_left(drawing: ModuleType, left_over: str) -> None:
    assert left_over not in drawing.PAGE.read_text("utf-8")


def test_markup_in_the_document_is_text(drawing: ModuleType) -> None:
    assert "<p>a &lt;b&gt; &amp; <em>c</em></p>" in drawing.page("# Title\n\na <b> & *c*\n")
