"""Writes docs/method.md as a page of the dashboard, frontend/method.html, where a visitor can read it.

Run it from the checkout: `make docs`. Knows the little Markdown that docs/method.md is written in.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import escape
from itertools import count, groupby
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
SOURCE = CHECKOUT / "docs" / "method.md"
PAGE = CHECKOUT / "frontend" / "method.html"
PICTURES = CHECKOUT / "docs" / "images"
COPIES = CHECKOUT / "frontend" / "assets" / "images"

FRAME = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title} · Theme Park Downtime Tracker</title>
  <meta name="description" content="What we call down, what we do not, and how the numbers were checked.">
  <meta name="color-scheme" content="light dark">
  <link rel="canonical" href="method.html">
  <link rel="icon" href="assets/images/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="css/tokens.css">
  <link rel="stylesheet" href="css/styles.css">
  <link rel="stylesheet" href="css/method.css">
  <script src="js/theme.js"></script>
  <script type="module" src="js/method.js"></script>
</head>
<body class="method">
  <!-- Written by tools/draw_method_page.py from docs/method.md. -->
  <header>
    <a href="./">Theme Park Downtime Tracker</a>
    <a href="https://queue-times.com/en-US" target="_blank" rel="noopener">Data powered by Queue-Times.com</a>
  </header>
  <main>
{content}
  </main>
  <aside id="simulated" class="simulated" aria-label="Simulated data" hidden>
    <p><strong>Simulated data.</strong> All figures of parks and rides on this site are made up.</p>
  </aside>
</body>
</html>
"""

_INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
    (re.compile(r"\[([^]]+)\]\((https://[^)]+)\)"), r'<a href="\2" target="_blank" rel="noopener">\1</a>'),
)
CORRECTIONS = (
    '<div id="corrections"><p>They are listed in <a href="api/corrections">/api/corrections</a>.</p></div>'
)
"""What frontend/js/method.js replaces by those of the site."""

_PICTURE = re.compile(r"!\[([^]]*)\]\(images/([\w.-]+)\)")


def page(markdown: str) -> str:
    """The whole page; its title is the first heading."""
    title = markdown.split("\n", 1)[0].removeprefix("# ")
    return FRAME.format(title=escape(title), content="\n".join(_blocks(markdown)))


def pictures(markdown: str) -> list[str]:
    """File names of the pictures that the page shows."""
    return [name for _, name in _PICTURE.findall(markdown)]


def _blocks(markdown: str) -> Iterator[str]:
    tables = count(1)
    for is_text, group in groupby(markdown.split("\n"), bool):
        lines = list(group)
        if is_text and lines[0].startswith("|"):
            yield _table(lines, next(tables))
        elif is_text:
            yield _block(lines)


def _block(lines: list[str]) -> str:
    first = lines[0]
    heading = re.match(r"(#{1,4}) (.+)", first)
    picture = _PICTURE.fullmatch(first)
    if first == "<!-- corrections -->":
        return CORRECTIONS
    if heading:
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if picture:
        return f'<img src="assets/images/{picture[2]}" alt="{escape(picture[1])}">'
    if first.startswith("- "):
        return "<ul>\n" + "\n".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "\n</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _table(lines: list[str], number: int) -> str:
    head, ruler, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    kinds = [' class="figure"' if cell.endswith(":") else "" for cell in ruler]
    top = "".join(
        f'<th scope="col"{kind}>{_inline(cell)}</th>' if cell else f"<td{kind}></td>"
        for kind, cell in zip(kinds, head, strict=True)
    )
    return "\n".join(
        [
            f'<div class="frame" role="region" aria-label="Table {number}" tabindex="0"><table>',
            f"<thead><tr>{top}</tr></thead>",
            "<tbody>",
            *(_row(kinds, row) for row in rows),
            "</tbody>",
            "</table></div>",
        ]
    )


def _row(kinds: list[str], cells: list[str]) -> str:
    first, *rest = cells
    figures = "".join(f"<td{kind}>{_inline(cell)}</td>" for kind, cell in zip(kinds[1:], rest, strict=True))
    return f'<tr><th scope="row">{_inline(first)}</th>{figures}</tr>'


def _inline(text: str) -> str:
    shown = escape(text, quote=False)
    for pattern, replacement in _INLINE:
        shown = pattern.sub(replacement, shown)
    return shown


def main() -> None:
    markdown = SOURCE.read_text("utf-8")
    PAGE.write_text(page(markdown), "utf-8")
    for name in pictures(markdown):
        shutil.copyfile(PICTURES / name, COPIES / name)


if __name__ == "__main__":
    main()
