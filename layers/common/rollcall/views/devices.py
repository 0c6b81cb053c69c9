"""A device as a card, and a list of devices (rows P2, P3, P5, P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.rows import SLOTS
from rollcall.transitions import Status
from rollcall.views.blocks import actions, button, header, overflow, section, value_of
from rollcall.views.blocks import fields as field_blocks
from rollcall.views.message import compose
from rollcall.views.pager import pager, position, sent_to_dm
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rollcall.devices import Device, ListedDevice
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

    Shown = Device | ListedDevice
    DevicePage = Page[Device] | Page[ListedDevice]

OPEN: Final = "devices.open"
HISTORY: Final = "devices.history"
OPEN_UPLOAD: Final = "uploads.open"
ACCEPT: Final = "approvals.accept"
REJECT: Final = "approvals.reject"
APPROVAL: Final = "approvals.approval_id"
WHO: Final = "approvals.who"
UNDO: Final = "approvals.undo"
#: The menu behind three dots; ``k`` of an entry says what is to be done.
MORE: Final = "devices.more"
DELETE: Final = "d"
TAG: Final = "t"
EXCHANGE: Final = "x"
REFRESH: Final = "r"

_SLOTS: Final = {"imei": "IMEI", "imei2": "IMEI 2", "meid": "MEID", "serial": "Serial number"}
_LONGEST_TAGS: Final = 10


def card(device: Device, reader: Reader, *, now: str = "") -> Message:
    """Everything that is true of one device now (row P5), and for approvers what they can do about it.

    Args:
        device: as it is now.
        reader: who reads.
        now: UTC; without it no decision is offered to be taken back.
    """
    say = reader.say
    pairs = [*_identifiers(device, say), *_facts(device, reader)]
    status = section(f"{bold(say('Status'))}\n{device.status.value}: {say(device.status.sentence)}")
    key = {"id": device.primary.key}
    upload = device.generation.upload
    buttons = [
        *_decisions(device, reader, now=now),
        button(say("History"), HISTORY, key, label=say("History of {device}", device=shown_id(device))),
        button(say("Open upload"), OPEN_UPLOAD, {"id": upload}, label=say("Open upload {upload}", upload=upload)),
        *_who(device, say=say),
        *_changes(device, reader),
        *sent_to_dm("devices", "find", reader, shown_id(device)),
    ]
    body = [header(say("Device {device}", device=shown_id(device))), status, *field_blocks(pairs)]
    text = say(
        "Device {device} is {status}. {sentence}",
        device=code(shown_id(device)),
        status=device.status.value,
        sentence=say(device.status.sentence),
    )
    return compose(text, body, [*actions(buttons), reader.account_line()], say=say)


def _decisions(device: Device, reader: Reader, *, now: str) -> list[Element]:
    """Accept, reject or undo; the buttons carry the arrival that is shown, and give no rights."""
    say = reader.say
    if not allows(reader.acting.member.role, Act.DECIDE):
        return []
    born, shown = device.generation, shown_id(device)
    if device.status is Status.PENDING:
        value = {"id": device.primary.key, "r": born.reseller, "u": born.upload, "l": born.line}
        return [
            button(say("Accept"), ACCEPT, value, style="primary", label=say("Accept device {device}", device=shown)),
            button(say("Reject…"), REJECT, value, style="danger", label=say("Reject device {device}", device=shown)),
            button(
                say("Approval ID…"),
                APPROVAL,
                value,
                label=say("Accept device {device} with an approval ID", device=shown),
            ),
        ]
    if device.decision and now and device.decided_until > now:
        decided = {"d": device.decision, "id": device.primary.key}
        return [button(say("Undo"), UNDO, decided, label=say("Undo the decision on {device}", device=shown))]
    return []


def _who(device: Device, say: Wording = ENGLISH) -> list[Element]:
    """While a device waits: who can decide on it."""
    if device.status is not Status.PENDING:
        return []
    value = {"u": device.generation.upload, "c": device.generation.customer}
    return [
        button(
            say("Who can approve this?"),
            WHO,
            value,
            label=say("Who can approve device {device}?", device=shown_id(device)),
        )
    ]


def _changes(device: Device, reader: Reader) -> list[Element]:
    """What the reseller may change about a device; the entries give no rights."""
    say = reader.say
    entries: list[tuple[str, str]] = []
    role, key = reader.acting.member.role, device.primary.key
    if allows(role, Act.UPLOAD):
        entries.append((say("Tags…"), value_of({"k": TAG, "id": key})))
        if device.status is Status.MPTS_ERROR:
            entries.append((say("Ask the registry again"), value_of({"k": REFRESH, "id": key})))
    if allows(role, Act.DELETE):
        entries.append((say("Exchange IMEI…"), value_of({"k": EXCHANGE, "id": key})))
        entries.append((say("Delete…"), value_of({"k": DELETE, "id": key})))
    return [overflow(MORE, entries)] if entries else []


def listing(page: DevicePage, question: str, reader: Reader, *, cursor: str = "", title: str = "") -> Message:
    """Devices by upload date, each with a button that opens its card (rows P2, P3).

    Args:
        page: five devices read well; what a message cannot hold is left out with a line that says so.
        question: the command that was understood, in canonical form; it is repeated, and the buttons carry it.
        reader: who reads.
        cursor: the cursor that led to this page; "" for the beginning.
        title: a company's name; empty for a headline of ours.
    """
    foot = [*pager(page, question, cursor=cursor, as_table=False, say=reader.say), reader.account_line()]
    if not page.items:
        empty = _empty(page, question, reader)
        return compose(empty, [section(empty)], foot, say=reader.say)
    shown: Sequence[Shown] = page.items
    lines = [device_line(device, say=reader.say) for device in shown]
    rows = [section(line, open_button(device, say=reader.say)) for line, device in zip(lines, shown, strict=True)]
    headline = f"{title or reader.say('Devices')}: {position(page, say=reader.say)}"
    text = "\n".join([plain(headline), *lines])
    return compose(text, [header(headline), asked_for(page, question, reader), *rows], foot, say=reader.say)


def asked_for(page: DevicePage, question: str, reader: Reader) -> Block:
    """How the question was understood, and whether the search ended before the page was full."""
    say = reader.say
    text = say("You asked for {command}", command=reader.usage(question))
    return section(f"{text}\n{_searched(page, say=say)}" if page.searched is not None else text)


def device_line(device: Shown, say: Wording = ENGLISH) -> str:
    """A device in one line of mrkdwn: IMEI 1 or another identifier, state, model, order number."""
    parts = [f"{bold(code(shown_id(device)))}  {device.status.value}"]
    if device.model:
        parts.append(code(device.model, 40))
    if device.order_number:
        parts.append(say("order {order}", order=code(device.order_number, 40)))
    return " · ".join(parts)


def open_button(device: Shown, say: Wording = ENGLISH) -> Element:
    """The button that opens a device's card."""
    return button(say("Open"), OPEN, {"id": key_of(device)}, label=say("Open device {device}", device=shown_id(device)))


def shown_id(device: Shown) -> str:
    """The identifier by which lists name a device: IMEI 1, else the first there is (row P4)."""
    return next(device.ids[slot].value for slot in SLOTS if slot in device.ids)


def key_of(device: Shown) -> str:
    """The typed key that a button carries."""
    return next(device.ids[slot].key for slot in SLOTS if slot in device.ids)


def former(device: Device) -> str:
    """The identifiers that exchanges took from a device, as mrkdwn; they still find it."""
    first = (device.stored_under,) if device.stored_under else ()
    keys = dict.fromkeys((*first, *device.former))
    return " ".join(code(key.partition("#")[2]) for key in keys)


def tags(values: Sequence[str], say: Wording = ENGLISH) -> str:
    """Tags as mrkdwn; the first ten of them."""
    shown = " ".join(code(tag, 40) for tag in values[:_LONGEST_TAGS])
    more = len(values) - _LONGEST_TAGS
    return f"{shown} {say('and {number} more', number=say.count(more))}" if more > 0 else shown


def _identifiers(device: Device, say: Wording) -> Iterator[tuple[str, str]]:
    return ((say(_SLOTS[slot]), code(identifier.value)) for slot, identifier in device.ids.items() if slot in _SLOTS)


def _facts(device: Device, reader: Reader) -> list[tuple[str, str]]:
    say = reader.say
    owner = device.generation
    pairs = [
        (say("Before its exchange"), former(device)),
        (say("Customer"), reader.company_with_id(owner.customer)),
        (say("Reseller"), "" if reader.is_reseller else reader.company(owner.reseller)),
        (say("Model"), code(device.model, 200) if device.model else ""),
        (say("Order number"), code(device.order_number, 200) if device.order_number else ""),
        (say("Order date"), code(device.order_date) if device.order_date else ""),
        (say("Approval ID"), "" if reader.is_reseller or not device.approval_id else code(device.approval_id, 100)),
        (say("Tags"), tags(device.tags, say=say) if device.tags else ""),
        (say("Uploaded at"), say.date(device.uploaded_at)),
        (say("Uploaded by"), reader.uploader(device.uploaded_by, owner.reseller)),
        (say("Upload"), code(owner.upload)),
    ]
    return [(label, value) for label, value in pairs if value]


def _searched(page: DevicePage, say: Wording = ENGLISH) -> str:
    looked_at = say.count(page.searched or 0, "device")
    if page.after is None:
        return say("Looked through {devices}.", devices=looked_at)
    return say(
        "Looked through {devices} so far; *Next* goes on from here, an upload or order filter gets there faster.",
        devices=looked_at,
    )


def _empty(page: DevicePage, question: str, reader: Reader) -> str:
    say = reader.say
    asked = reader.usage(question)
    if page.searched is not None and (page.after or page.before):
        return say("No device matches {asked} yet. {searched}", asked=asked, searched=_searched(page, say=say))
    if question.split() in (["devices", "list"], []):
        first = (
            say("Upload a CSV file first, or put one into S3.")
            if reader.is_reseller
            else say("They appear with an upload.")
        )
        return say(
            "There are no devices yet. {first} {command} says what you can ask for.",
            first=first,
            command=reader.usage("help"),
        )
    return say(
        "No device matches {asked}. Leave a filter out to see more, or begin with {command}.",
        asked=asked,
        command=reader.usage("devices list"),
    )
