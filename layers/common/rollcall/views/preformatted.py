"""Tables as preformatted text: for modals, and for a Slack that knows no tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import section
from rollcall.views.message import identified
from rollcall.views.text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.views.blocks import Block

#: Characters of one section of preformatted text, below Slack's 3,000.
_LINE: Final = 2_800


def without_tables(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks with their tables as preformatted text: for modals, and for a Slack that knows no tables."""
    plain: list[Block] = []
    for block in blocks:
        if block["type"] == "table":
            plain += preformatted([[cell["text"] for cell in row] for row in block["rows"]])
        else:
            plain.append(block)
    return identified(plain)


def preformatted(rows: Sequence[Sequence[str]]) -> list[Block]:
    """Rows as columns of equal width in code blocks."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    pages: list[list[str]] = [[]]
    for line in (escape(line).replace("`", "'") for line in lines):
        if pages[-1] and sum(map(len, pages[-1])) + len(pages[-1]) + len(line) > _LINE:
            pages.append([])
        pages[-1].append(line)
    return [section("```\n" + "\n".join(lines) + "\n```") for lines in pages]
