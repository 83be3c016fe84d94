"""Descriptions of openapi.yaml as HTML: escaped first, then the little Markdown that they use."""

from __future__ import annotations

from park_downtime.api.pages.prose import inline, prose


def test_paragraphs_are_joined_lines() -> None:
    assert prose("One\nline.\n\nTwo.") == "<p>One line.</p>\n<p>Two.</p>"


def test_a_list_may_follow_its_sentence() -> None:
    assert prose("These:\n- one\n  still one\n- two") == (
        "<p>These:</p><ul><li>one still one</li><li>two</li></ul>"
    )


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    table = prose("| a | b |\n|---|---|\n| 1 | `x` |")
    assert 'tabindex="0"' in table
    assert "<tr><td>1</td><td><code>x</code></td></tr>" in table
    assert "---" not in table


def test_words_are_marked() -> None:
    assert inline("a **b** *c* `d`") == "a <strong>b</strong> <em>c</em> <code>d</code>"


def test_what_stands_in_backticks_is_left_as_it_is() -> None:
    assert inline("`a*b*c` and `<x>`") == "<code>a*b*c</code> and <code>&lt;x&gt;</code>"


def test_a_product_is_no_emphasis() -> None:
    assert inline("2*3*4") == "2*3*4"


def test_markup_is_text() -> None:
    assert inline("<b> & *<i>*") == "&lt;b&gt; &amp; <em>&lt;i&gt;</em>"


def test_an_address_is_a_link_without_the_full_stop() -> None:
    assert inline("See https://queue-times.com.") == (
        'See <a href="https://queue-times.com" rel="noopener">https://queue-times.com</a>.'
    )
