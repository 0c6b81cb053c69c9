"""The timeline of a device: what happened to it, by whom, when (row B13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.rule_notes import readable
from rollcall.transitions import Act
from rollcall.views.blocks import actions, button, header, paragraphs
from rollcall.views.devices import OPEN, shown_id
from rollcall.views.message import compose
from rollcall.views.text import code, count, date

if TYPE_CHECKING:
    from rollcall.devices import Device, HistoryEntry
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

_WORDS: Final = {
    Act.UPLOADED: "Uploaded",
    Act.HEALED: "Recognised by the manufacturer's registry",
    Act.ACCEPTED: "Accepted",
    Act.AUTO_ACCEPTED: "Accepted by a rule",
    Act.REJECTED: "Rejected",
    Act.UNDONE: "Decision undone",
    Act.EXCHANGE_BEGUN: "Exchange begun",
    Act.EXCHANGE_ENDED: "Exchange ended",
    Act.RELEASED: "Released for deletion",
    Act.DELETED: "Deleted",
    Act.UPLOAD_UNDONE: "Upload undone",
}
_OF_CUSTOMER: Final = frozenset({Act.ACCEPTED, Act.AUTO_ACCEPTED, Act.REJECTED, Act.UNDONE, Act.RELEASED})
#: Entries of a long history that are shown from its beginning and from its end.
_FIRST: Final = 5
_LAST: Final = 20
_LONGEST_NOTE: Final = 200


def timeline(device: Device, reader: Reader) -> Message:
    """What happened to a device, oldest first; the middle of a long history is left out, and the count says so."""
    entries = device.history
    lines = [_line(entry, device, reader) for entry in entries]
    if len(lines) > _FIRST + _LAST:
        left_out = len(lines) - _FIRST - _LAST
        lines = [*lines[:_FIRST], f"… {count(left_out)} more in between …", *lines[-_LAST:]]
    headline = f"History of {shown_id(device)}"
    if not lines:
        lines = ["Nothing is recorded yet."]
    now = f"Now: {device.status.value}. {device.status.sentence}"
    body = [header(headline), *paragraphs([now]), *paragraphs(lines)]
    back = button("Open device", OPEN, {"id": device.primary.key}, label=f"Open device {shown_id(device)}")
    text = "\n".join([f"History of {code(shown_id(device))}", now, *lines])
    return compose(text, body, [*actions([back]), reader.account_line()])


def _line(entry: HistoryEntry, device: Device, reader: Reader) -> str:
    of_customer = entry.act in _OF_CUSTOMER
    owner = device.generation
    who = reader.actor(entry.by, of_reseller=not of_customer, company=owner.customer if of_customer else owner.reseller)
    said, note = f"*{_WORDS[entry.act]}* by {who}", entry.note
    if entry.act is Act.AUTO_ACCEPTED and reader.is_reseller:
        said, note = f"*{_WORDS[Act.ACCEPTED]}* by {who}", ""  # by which rules is the customer's own business
    elif entry.act is Act.AUTO_ACCEPTED:
        said, note = f"*{_WORDS[entry.act]}*", readable(note, reader.names)
    behind = f" · {code(note, _LONGEST_NOTE)}" if note else ""
    return f"{date(entry.at)}  {said}, then {entry.status.value}{behind}"
