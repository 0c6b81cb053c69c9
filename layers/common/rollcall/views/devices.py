"""A device as a card, and a list of devices (rows P2, P3, P5, P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.rows import SLOTS
from rollcall.transitions import Status
from rollcall.views.blocks import actions, button, header, overflow, section, value_of
from rollcall.views.blocks import fields as field_blocks
from rollcall.views.message import compose
from rollcall.views.pager import pager, position
from rollcall.views.text import bold, code, count, date, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rollcall.devices import Device, ListedDevice
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

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
    pairs = [*_identifiers(device), *_facts(device, reader)]
    status = section(f"{bold('Status')}\n{device.status.value}: {device.status.sentence}")
    key = {"id": device.primary.key}
    upload = device.generation.upload
    buttons = [
        *_decisions(device, reader, now=now),
        button("History", HISTORY, key, label=f"History of {shown_id(device)}"),
        button("Open upload", OPEN_UPLOAD, {"id": upload}, label=f"Open upload {upload}"),
        *_who(device),
        *_changes(device, reader),
    ]
    body = [header(f"Device {shown_id(device)}"), status, *field_blocks(pairs)]
    text = f"Device {code(shown_id(device))} is {device.status.value}. {device.status.sentence}"
    return compose(text, body, [*actions(buttons), reader.account_line()])


def _decisions(device: Device, reader: Reader, *, now: str) -> list[Element]:
    """Accept, reject or undo; the buttons carry the arrival that is shown, and give no rights."""
    if not allows(reader.acting.member.role, Act.DECIDE):
        return []
    born, shown = device.generation, shown_id(device)
    if device.status is Status.PENDING:
        value = {"id": device.primary.key, "r": born.reseller, "u": born.upload, "l": born.line}
        return [
            button("Accept", ACCEPT, value, style="primary", label=f"Accept device {shown}"),
            button("Reject…", REJECT, value, style="danger", label=f"Reject device {shown}"),
            button("Approval ID…", APPROVAL, value, label=f"Accept device {shown} with an approval ID"),
        ]
    if device.decision and now and device.decided_until > now:
        return [button("Undo", UNDO, {"d": device.decision}, label=f"Undo the decision on {shown}")]
    return []


def _who(device: Device) -> list[Element]:
    """While a device waits: who can decide on it."""
    if device.status is not Status.PENDING:
        return []
    value = {"u": device.generation.upload, "c": device.generation.customer}
    return [button("Who can approve this?", WHO, value, label=f"Who can approve device {shown_id(device)}?")]


def _changes(device: Device, reader: Reader) -> list[Element]:
    """What the reseller may change about a device; the entries give no rights."""
    entries: list[tuple[str, str]] = []
    role, key = reader.acting.member.role, device.primary.key
    if allows(role, Act.UPLOAD):
        entries.append(("Tags…", value_of({"k": TAG, "id": key})))
        if device.status is Status.MPTS_ERROR:
            entries.append(("Ask the registry again", value_of({"k": REFRESH, "id": key})))
    if allows(role, Act.DELETE):
        entries.append(("Exchange IMEI…", value_of({"k": EXCHANGE, "id": key})))
        entries.append(("Delete…", value_of({"k": DELETE, "id": key})))
    return [overflow(MORE, entries)] if entries else []


def listing(page: DevicePage, question: str, reader: Reader, *, cursor: str = "", title: str = "Devices") -> Message:
    """Devices by upload date, each with a button that opens its card (rows P2, P3).

    Args:
        page: five devices read well; what a message cannot hold is left out with a line that says so.
        question: the command that was understood, in canonical form; it is repeated, and the buttons carry it.
        reader: who reads.
        cursor: the cursor that led to this page; "" for the beginning.
        title: a headline of ours or a company's name.
    """
    foot = [*pager(page, question, cursor=cursor, as_table=False), reader.account_line()]
    if not page.items:
        empty = _empty(page, question, reader)
        return compose(empty, [section(empty)], foot)
    shown: Sequence[Shown] = page.items
    lines = [device_line(device) for device in shown]
    rows = [section(line, open_button(device)) for line, device in zip(lines, shown, strict=True)]
    headline = f"{title}: {position(page)}"
    text = "\n".join([plain(headline), *lines])
    return compose(text, [header(headline), asked_for(page, question, reader), *rows], foot)


def asked_for(page: DevicePage, question: str, reader: Reader) -> Block:
    """How the question was understood, and whether the search ended before the page was full."""
    text = f"You asked for {reader.usage(question)}"
    return section(f"{text}\n{_searched(page)}" if page.searched is not None else text)


def device_line(device: Shown) -> str:
    """A device in one line of mrkdwn: IMEI 1 or another identifier, state, model, order number."""
    parts = [f"{bold(code(shown_id(device)))}  {device.status.value}"]
    if device.model:
        parts.append(code(device.model, 40))
    if device.order_number:
        parts.append(f"order {code(device.order_number, 40)}")
    return " · ".join(parts)


def open_button(device: Shown) -> Element:
    """The button that opens a device's card."""
    return button("Open", OPEN, {"id": key_of(device)}, label=f"Open device {shown_id(device)}")


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


def tags(values: Sequence[str]) -> str:
    """Tags as mrkdwn; the first ten of them."""
    shown = " ".join(code(tag, 40) for tag in values[:_LONGEST_TAGS])
    more = len(values) - _LONGEST_TAGS
    return f"{shown} and {count(more, 'more', 'more')}" if more > 0 else shown


def _identifiers(device: Device) -> Iterator[tuple[str, str]]:
    return ((_SLOTS[slot], code(identifier.value)) for slot, identifier in device.ids.items() if slot in _SLOTS)


def _facts(device: Device, reader: Reader) -> list[tuple[str, str]]:
    owner = device.generation
    pairs = [
        ("Before its exchange", former(device)),
        ("Customer", reader.company_with_id(owner.customer)),
        ("Reseller", "" if reader.is_reseller else reader.company(owner.reseller)),
        ("Model", code(device.model, 200) if device.model else ""),
        ("Order number", code(device.order_number, 200) if device.order_number else ""),
        ("Order date", code(device.order_date) if device.order_date else ""),
        ("Approval ID", "" if reader.is_reseller or not device.approval_id else code(device.approval_id, 100)),
        ("Tags", tags(device.tags) if device.tags else ""),
        ("Uploaded at", date(device.uploaded_at)),
        ("Uploaded by", reader.uploader(device.uploaded_by, owner.reseller)),
        ("Upload", code(owner.upload)),
    ]
    return [(label, value) for label, value in pairs if value]


def _searched(page: DevicePage) -> str:
    looked_at = count(page.searched or 0, "device")
    if page.after is None:
        return f"Looked through {looked_at}."
    return f"Looked through {looked_at} so far; *Next* goes on from here, an upload or order filter gets there faster."


def _empty(page: DevicePage, question: str, reader: Reader) -> str:
    asked = reader.usage(question)
    if page.searched is not None and (page.after or page.before):
        return f"No device matches {asked} yet. {_searched(page)}"
    if question.split() in (["devices", "list"], []):
        first = "Upload a CSV file first, or put one into S3." if reader.is_reseller else "They appear with an upload."
        return f"There are no devices yet. {first} {reader.usage('help')} says what you can ask for."
    return f"No device matches {asked}. Leave a filter out to see more, or begin with {reader.usage('devices list')}."
