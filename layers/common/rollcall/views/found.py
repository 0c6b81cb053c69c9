"""What became of a look-up: one device, many, some of them unknown, or none (rows P4, B14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import actions, header, paragraphs, section, table
from rollcall.views.device_tables import rows_of
from rollcall.views.devices import device_line, open_button
from rollcall.views.message import compose
from rollcall.views.pager import to_dm
from rollcall.views.preformatted import preformatted
from rollcall.views.text import bold, code, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.views.blocks import Block
    from rollcall.views.devices import Shown
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Up to so many found devices each get a line with a button.
_WITH_BUTTONS: Final = 5
_UNKNOWN_SHOWN: Final = 60


def not_found(asked: Sequence[str], reader: Reader) -> Message:
    """Nothing of what was asked for is there, or may be seen: both read the same.

    Args:
        asked: identifiers as typed; at least one.
        reader: who reads.
    """
    if len(asked) == 1:
        what = f"No device {code(asked[0])} is known to {_company(reader)}."
    else:
        what = f"None of these {count(len(asked))} devices is known to {_company(reader)}."
    next_step = (
        "Compare the digits with the box or the order. A device is found by either IMEI, its MEID or its serial "
        f"number, written in full. {reader.usage('devices list')} shows what there is."
    )
    body = [section(what), *(_unknown(asked) if len(asked) > 1 else []), section(next_step)]
    return compose(f"{what} {next_step}", body, [reader.account_line()], say=reader.say)


def found(
    devices: Sequence[Shown],
    unknown: Sequence[str],
    question: str,
    reader: Reader,
    *,
    as_table: bool = True,
) -> Message:
    """The state of several devices at once, and which of the identifiers nobody knows (row B14).

    Args:
        devices: what was found, in the order it was asked for; one device is better shown as a card.
        unknown: identifiers, as typed, that lead to no device the reader may see.
        question: its command in canonical form.
        reader: who reads.
        as_table: False where Slack has refused the table block.
    """
    if not devices:
        return not_found(unknown, reader)
    total = len(devices) + len(unknown)
    headline = f"{count(len(devices))} of {count(total, 'device')} found"
    states = _states(devices)
    body: list[Block] = [header(headline), section(states), *_unknown(unknown)]
    if len(devices) <= _WITH_BUTTONS:
        body += [section(device_line(device), open_button(device)) for device in devices]
    else:
        rows = rows_of(devices, reader)
        if len(rows) - 1 < len(devices):
            body.append(
                section(
                    f"Shown are the first {len(rows) - 1}. Put the list into my messages as a CSV file and press "
                    f"{bold('Look these up')} to get a row for each."
                )
            )
        body += [table(rows)] if as_table else preformatted(rows)
    text = f"{headline}: {states}"
    return compose(text, body, [*actions(to_dm(question, say=reader.say)), reader.account_line()], say=reader.say)


def _states(devices: Sequence[Shown]) -> str:
    by_status: dict[str, int] = {}
    for device in devices:
        by_status[device.status.value] = by_status.get(device.status.value, 0) + 1
    return ", ".join(f"{count(number)} {status}" for status, number in sorted(by_status.items()))


def _unknown(unknown: Sequence[str]) -> list[Block]:
    if not unknown:
        return []
    shown = [code(text, 40) for text in unknown[:_UNKNOWN_SHOWN]]
    more = len(unknown) - len(shown)
    rest = f" and {count(more)} more" if more else ""
    return paragraphs([f"*Not known ({count(len(unknown))}):*", " ".join(shown) + rest])


def _company(reader: Reader) -> str:
    return reader.company(reader.acting.account) if reader.names.get(reader.acting.account) else "your company"
