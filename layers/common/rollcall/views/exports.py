"""What is said with an exported list (row P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.upload_links import LONGEST, OPENED
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording


def under_way(question: str, reader: Reader) -> Message:
    """The file is being written."""
    say = reader.say
    text = say(
        "The list comes as a CSV file into your messages with me in a moment: {command}", command=reader.usage(question)
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def comment(rows: int, what: str, say: Wording = ENGLISH) -> str:
    """One sentence beside a file, plain text."""
    return say("{number}. The file can be sent to Rollcall again.", number=say.count(rows, what))


def large(url: str, *, name: str, counted: str, until: str, reader: Reader, said: str = "") -> Message:
    """A file that is too large for a message, behind a link.

    Args:
        url: where it can be read for a while.
        name: of the file.
        counted: how many of what are in it.
        until: when the link ends, UTC.
        reader: who asked.
        said: what is in it, as mrkdwn; empty for nothing more.
    """
    say = reader.say
    head = say("{counted} in {name}", counted=bold(counted), name=code(name)) + (f"\n{said}" if said else "")
    later = say("The link works until {until}. Whoever has it can read the file.", until=say.date(until))
    download = {**button(say("Download"), OPENED, {}, style="primary"), "url": url}
    blocks = [section(head), *actions([download]), section(later)]
    return compose(f"{head}\n{code(url, LONGEST)}\n{later}", blocks, [reader.account_line()], say=say)
