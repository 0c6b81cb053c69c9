"""What a reseller is told of devices that a customer rejected one by one (row B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.approvals import decided_line
from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.decided import Record
    from rollcall.jobs import Touched
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

_NAMED: Final = 5


def message(record: Record, own: Sequence[Touched], reader: Reader, *, now: str) -> Message:
    """Which devices, why, and until when that can be undone.

    Args:
        record: the rejection.
        own: its devices that are the reader's, upload by upload.
        reader: somebody of the reseller.
        now: UTC.
    """
    keys = [key for one in own for key in one.keys][:_NAMED]
    say = reader.say
    named = ", ".join(code(key.partition("#")[2]) for key in keys)
    further = sum(one.devices for one in own) - len(keys)
    more = f" {say('and {number} more', number=say.count(further))}" if further > 0 else ""
    company = reader.company(record.decision.customer)
    lines = [bold(say("{company} decided on {devices}", company=company, devices=f"{named}{more}"))]
    lines.append(decided_line(record, reader, now=now))
    open_ = [
        button(
            say("Open"),
            "devices.open",
            {"id": key},
            label=say("Open device {device}", device=key.partition("#")[2]),
        )
        for key in keys[:1]
    ]
    text = "\n".join(lines)
    return compose(text, [section(text)], [*actions(open_), reader.account_line()], say=say)
