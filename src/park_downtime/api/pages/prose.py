"""The Markdown of descriptions in openapi.yaml as HTML: paragraphs, lists, tables and the words in them."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<![\w*])\*([^*\s][^*]*?)\*(?![\w*])")
_ADDRESS = re.compile(r"https?://[^\s<>\"')]*[\w/]")
_RULE = re.compile(r"\|[-| :]+\|")


def inline(text: str) -> Markup:
    """One line. What stands in backticks is shown as it is."""
    pieces = _CODE.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if place % 2 else _words(piece)
        for place, piece in enumerate(pieces)
    )


def prose(text: str) -> Markup:
    blocks = re.split(r"\n\s*\n", text.strip())
    return Markup("\n").join(_block(block.split("\n")) for block in blocks if block)


def _words(text: str) -> Markup:
    told = str(escape(text))
    told = _BOLD.sub(r"<strong>\1</strong>", told)
    told = _ITALIC.sub(r"<em>\1</em>", told)
    told = _ADDRESS.sub(lambda found: f'<a href="{found[0]}" rel="noopener">{found[0]}</a>', told)
    return Markup(told)  # noqa: S704 - escaped above; what is added here is ours


def _block(lines: list[str]) -> Markup:
    """A list or a table may follow its sentence without an empty line."""
    first = next((place for place, line in enumerate(lines) if line.startswith(("- ", "|"))), len(lines))
    before = Markup("<p>{}</p>").format(inline(" ".join(lines[:first]))) if first else Markup("")
    rest = lines[first:]
    if not rest:
        return before
    return before + (_table(rest) if rest[0].startswith("|") else _list(rest))


def _list(lines: list[str]) -> Markup:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        else:
            items[-1] += f" {line.strip()}"
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(inline(item)) for item in items)
    )


def _table(lines: list[str]) -> Markup:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in lines
        if not _RULE.fullmatch(line.strip())
    ]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(inline(cell)) for cell in rows[0])
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(inline(cell)) for cell in row)
        )
        for row in rows[1:]
    )
    return Markup(
        '<div class="frame" role="region" aria-label="{}" tabindex="0"><table><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(rows[0][0], head, body)
