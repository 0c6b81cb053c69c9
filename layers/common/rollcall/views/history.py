"""The timeline of a device: what happened to it, by whom, when (row B13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.rule_notes import readable
from rollcall.transitions import Act
from rollcall.views.blocks import actions, button, header, paragraphs
from rollcall.views.devices import OPEN, shown_id
from rollcall.views.message import compose
from rollcall.views.pager import sent_to_dm
from rollcall.views.text import code

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
    say = reader.say
    entries = device.history
    lines = [_line(entry, device, reader) for entry in entries]
    if len(lines) > _FIRST + _LAST:
        left_out = len(lines) - _FIRST - _LAST
        lines = [*lines[:_FIRST], say("… {number} more in between …", number=say.count(left_out)), *lines[-_LAST:]]
    headline = say("History of {device}", device=shown_id(device))
    if not lines:
        lines = [say("Nothing is recorded yet.")]
    now = say("Now: {status}. {sentence}", status=device.status.value, sentence=say(device.status.sentence))
    body = [header(headline), *paragraphs([now]), *paragraphs(lines)]
    back = button(
        say("Open device"),
        OPEN,
        {"id": device.primary.key},
        label=say("Open device {device}", device=shown_id(device)),
    )
    sent = sent_to_dm("devices", "history", reader, shown_id(device))
    text = "\n".join([say("History of {device}", device=code(shown_id(device))), now, *lines])
    return compose(text, body, [*actions([back, *sent]), reader.account_line()], say=say)


def _line(entry: HistoryEntry, device: Device, reader: Reader) -> str:
    say = reader.say
    of_customer = entry.act in _OF_CUSTOMER
    owner = device.generation
    who = reader.actor(entry.by, of_reseller=not of_customer, company=owner.customer if of_customer else owner.reseller)
    said, note = say("*{words}* by {who}", words=say(_WORDS[entry.act]), who=who), entry.note
    if entry.act is Act.AUTO_ACCEPTED and reader.is_reseller:
        # By which rules is the customer's own business.
        said, note = say("*{words}* by {who}", words=say(_WORDS[Act.ACCEPTED]), who=who), ""
    elif entry.act is Act.AUTO_ACCEPTED:
        said, note = f"*{say(_WORDS[entry.act])}*", readable(note, reader.names)
    behind = f" · {code(note, _LONGEST_NOTE)}" if note else ""
    return say(
        "{when}  {said}, then {status}{behind}",
        when=say.date(entry.at),
        said=said,
        status=entry.status.value,
        behind=behind,
    )
