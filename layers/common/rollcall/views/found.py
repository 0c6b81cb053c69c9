"""What became of a look-up: one device, many, some of them unknown, or none (rows P4, B14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import actions, header, paragraphs, section, table
from rollcall.views.device_tables import rows_of
from rollcall.views.devices import device_line, open_button
from rollcall.views.message import compose
from rollcall.views.pager import to_dm
from rollcall.views.preformatted import preformatted
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.views.blocks import Block
    from rollcall.views.devices import Shown
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Up to so many found devices each get a line with a button.
_WITH_BUTTONS: Final = 5
_UNKNOWN_SHOWN: Final = 60


def not_found(asked: Sequence[str], reader: Reader) -> Message:
    """Nothing of what was asked for is there, or may be seen: both read the same.

    Args:
        asked: identifiers as typed; at least one.
        reader: who reads.
    """
    say = reader.say
    if len(asked) == 1:
        what = say("No device {asked} is known to {company}.", asked=code(asked[0]), company=_company(reader))
    else:
        what = say(
            "None of these {number} devices is known to {company}.",
            number=say.count(len(asked)),
            company=_company(reader),
        )
    next_step = say(
        "Compare the digits with the box or the order. A device is found by either IMEI, its MEID or its "
        "serial number, written in full. {command} shows what there is.",
        command=reader.usage("devices list"),
    )
    body = [section(what), *(_unknown(asked, say=say) if len(asked) > 1 else []), section(next_step)]
    return compose(f"{what} {next_step}", body, [reader.account_line()], say=say)


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
    say = reader.say
    if not devices:
        return not_found(unknown, reader)
    total = len(devices) + len(unknown)
    headline = say("{number} of {devices} found", number=say.count(len(devices)), devices=say.count(total, "device"))
    states = _states(devices, say=say)
    body: list[Block] = [header(headline), section(states), *_unknown(unknown, say=say)]
    if len(devices) <= _WITH_BUTTONS:
        body += [section(device_line(device, say=say), open_button(device, say=say)) for device in devices]
    else:
        rows = rows_of(devices, reader)
        if len(rows) - 1 < len(devices):
            body.append(
                section(
                    say(
                        "Shown are the first {number}. Put the list into my messages as a CSV file and press "
                        "{button} to "
                        "get a row for each.",
                        number=len(rows) - 1,
                        button=bold(say("Look these up")),
                    )
                )
            )
        body += [table(rows)] if as_table else preformatted(rows)
    text = f"{headline}: {states}"
    return compose(text, body, [*actions(to_dm(question, say=say)), reader.account_line()], say=say)


def _states(devices: Sequence[Shown], say: Wording = ENGLISH) -> str:
    by_status: dict[str, int] = {}
    for device in devices:
        by_status[device.status.value] = by_status.get(device.status.value, 0) + 1
    return ", ".join(f"{say.count(number)} {status}" for status, number in sorted(by_status.items()))


def _unknown(unknown: Sequence[str], say: Wording = ENGLISH) -> list[Block]:
    if not unknown:
        return []
    shown = [code(text, 40) for text in unknown[:_UNKNOWN_SHOWN]]
    more = len(unknown) - len(shown)
    rest = " " + say("and {number} more", number=say.count(more)) if more else ""
    return paragraphs([say("*Not known ({number}):*", number=say.count(len(unknown))), " ".join(shown) + rest])


def _company(reader: Reader) -> str:
    say = reader.say
    return reader.company(reader.acting.account) if reader.names.get(reader.acting.account) else say("your company")
