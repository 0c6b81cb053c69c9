"""What is said of a list whose devices are looked up: that it is under way, how far it is, and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain

if TYPE_CHECKING:
    from rollcall.look_ups import Tally
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

_BAR: Final = 20


def under_way(names: tuple[str, ...], reader: Reader) -> str:
    """What whoever asked is told at once, as mrkdwn.

    Args:
        names: of the files.
        reader: who asked.
    """
    files = ", ".join(code(name) for name in names)
    return reader.say(
        "Looking up {files}: the state of each row comes as a CSV file into your messages with me.", files=files
    )


def progress(name: str, done: int, total: int, reader: Reader) -> Message:
    """How far a long list is.

    Args:
        name: of the file.
        done: rows that are looked up.
        total: rows in it.
        reader: who asked.
    """
    say = reader.say
    full = min(_BAR * done // total, _BAR)
    lines = [
        bold(say("Looking up {rows} of {file}", rows=say.count(total, "row"), file=code(name))),
        say("{done} of {rows} done", done=say.count(done), rows=say.count(total)),
        f"{'▰' * full}{'▱' * (_BAR - full)}",
    ]
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def finished(name: str, tally: Tally, reader: Reader) -> Message:
    """A long list is through; its file follows."""
    text = summary(name, tally, reader.say)
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def summary(name: str, tally: Tally, say: Wording) -> str:
    """What a list came to, in one line of mrkdwn.

    Args:
        name: of the file.
        tally: of all its rows.
        say: in the asker's language.
    """
    parts = [f"{say.count(number)} {status}" for status, number in sorted(tally.by_status.items())]
    if tally.unknown:
        parts.append(say("{number} not known", number=say.count(tally.unknown)))
    if tally.unreadable:
        parts.append(say("{number} that cannot be read", number=say.count(tally.unreadable)))
    rows = say.count(tally.rows, "row")
    return say("{rows} of {file} looked up: {parts}", rows=rows, file=code(name), parts=", ".join(parts))


def comment(name: str, tally: Tally, say: Wording) -> str:
    """What is said beside the file."""
    told = summary(name, tally, say)
    if tally.unknown + tally.unreadable:
        told += "\n" + say("Their lines say UNKNOWN; the column error says what is wrong with what cannot be read.")
    return f"{told}\n{say('The file can be sent to me again.')}"


def not_read(name: str, why: str, reader: Reader) -> Message:
    """A list that could not be looked up.

    Args:
        name: of the file.
        why: plain text, a sentence or several.
        reader: who asked.
    """
    text = reader.say(
        "The list {file} was not looked up: {why} Send it once more when that is mended.",
        file=code(name),
        why=plain(why, 500),
    )
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)
