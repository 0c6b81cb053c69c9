"""What is said with an exported list (row P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, date
from rollcall.views.upload_links import LONGEST, OPENED

if TYPE_CHECKING:
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


def under_way(question: str, reader: Reader) -> Message:
    """The file is being written."""
    text = f"The list comes as a CSV file into your messages with me in a moment: {reader.usage(question)}"
    return compose(text, [section(text)], [reader.account_line()])


def comment(rows: int, what: str) -> str:
    """One sentence beside a file, plain text."""
    return f"{count(rows, what)}. The file can be sent to Rollcall again."


def large(url: str, *, name: str, counted: str, until: str, reader: Reader) -> Message:
    """A file that is too large for a message, behind a link.

    Args:
        url: where it can be read for a while.
        name: of the file.
        counted: how many of what are in it.
        until: when the link ends, UTC.
        reader: who asked.
    """
    head = f"{bold(counted)} in {code(name)}"
    later = f"The link works until {date(until)}. Whoever has it can read the file."
    download = {**button("Download", OPENED, {}, style="primary"), "url": url}
    blocks = [section(head), *actions([download]), section(later)]
    return compose(f"{head}\n{code(url, LONGEST)}\n{later}", blocks, [reader.account_line()])
