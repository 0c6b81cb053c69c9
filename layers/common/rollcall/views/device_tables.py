"""Devices as a table, and the same as preformatted text for a Slack that does not know tables yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import header, section, table
from rollcall.views.devices import asked_for, shown_id
from rollcall.views.message import compose
from rollcall.views.pager import pager, position
from rollcall.views.preformatted import preformatted
from rollcall.views.text import clean, code, cut, date_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.views.devices import DevicePage, Shown
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Rows of one table block, its heading included.
MOST_ROWS: Final = 100
#: Characters of all cells of one table block together.
_CHARACTERS: Final = 9_500
_CELL: Final = 40
_HEADING: Final = ("Identifier", "Status", "Model", "Order number", "Customer", "Uploaded at")


def table_listing(page: DevicePage, question: str, reader: Reader, *, cursor: str = "") -> Message:
    """A list of devices as one table block.

    Slack takes it in stages: where it answers ``invalid_blocks``, send `plain_listing` instead.

    Args:
        page: up to 99 devices; what a table cannot hold is left out, and the headline says how many are shown.
        question: its command in canonical form.
        reader: who reads.
        cursor: the cursor that led here.
    """
    return _listing(page, question, reader, cursor=cursor, as_table=True)


def plain_listing(page: DevicePage, question: str, reader: Reader, *, cursor: str = "") -> Message:
    """The same as `table_listing` in preformatted text."""
    return _listing(page, question, reader, cursor=cursor, as_table=False)


def rows_of(devices: Sequence[Shown], reader: Reader) -> list[tuple[str, ...]]:
    """Heading and cells, as many rows as one table holds; the cells are raw texts."""
    heading = tuple(map(reader.say, _HEADING))
    rows: list[tuple[str, ...]] = [heading]
    room = _CHARACTERS - sum(map(len, heading))
    for device in devices[: MOST_ROWS - 1]:
        cells = _cells(device, reader)
        room -= sum(map(len, cells))
        if room < 0:
            break
        rows.append(cells)
    return rows


def _listing(page: DevicePage, question: str, reader: Reader, *, cursor: str, as_table: bool) -> Message:
    say = reader.say
    rows = rows_of(page.items, reader)
    left_out = len(page.items) + 1 - len(rows)
    shown = [table(rows)] if as_table else preformatted(rows)
    headline = say("Devices: {position}", position=position(page, say=say))
    notes = [asked_for(page, question, reader)]
    if left_out:
        notes.append(
            section(
                say("The last {number} of these do not fit here; *Send to my DM* brings them all.", number=left_out)
            )
        )
    text = "\n".join([headline, *(f"{code(row[0])} {row[1]}" for row in rows[1:])])
    foot = [*pager(page, question, cursor=cursor, as_table=True, say=say), reader.account_line()]
    return compose(text, [header(headline), *notes, *shown], foot, say=say)


def _cells(device: Shown, reader: Reader) -> tuple[str, ...]:
    customer = device.generation.customer
    texts = (
        shown_id(device),
        device.status.value,
        device.model,
        device.order_number,
        reader.names.get(customer) or customer,
        date_plain(device.uploaded_at),
    )
    return tuple(cut(clean(text), _CELL) for text in texts)
