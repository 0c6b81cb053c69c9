"""Exchanges of an IMEI: the form that begins one, and what became of it (row B21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.errors import Fault, sentence
from rollcall.exchanges import ExchangeState
from rollcall.transitions import Act, Status, sources
from rollcall.views.blocks import section, value_of
from rollcall.views.devices import shown_id
from rollcall.views.inputs import form, input_block, menu, option, text_input
from rollcall.views.message import compose
from rollcall.views.text import bold, code, date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.devices import Device
    from rollcall.exchanges import Exchange
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

FORM: Final = "devices.exchange"
#: Fields, by block id and action id alike.
OLD: Final = "old"
NEW: Final = "new"
_SLOTS: Final = {"imei": "IMEI", "imei2": "IMEI 2"}
_LONGEST: Final = 40
_MEANS: Final = (
    "While it is exchanged nobody can decide on the device or delete it. It goes back by itself to the state it has, "
    "after 24 hours at the latest. The old IMEI finds it afterwards, too."
)


def imeis(device: Device) -> list[tuple[str, str]]:
    """The IMEIs of a device that can be exchanged: slot and value."""
    return [(slot, device.ids[slot].value) for slot in _SLOTS if slot in device.ids]


def not_exchangeable(device: Device) -> Fault | None:
    """Why no exchange of a device can begin as it is now; None if one can."""
    if device.status is Status.EXCHANGING:
        return Fault("DEVICE_EXCHANGING")
    if device.status not in sources(Act.EXCHANGE_BEGUN):
        return Fault("NOT_EXCHANGEABLE", details={"status": device.status.value})
    return None if imeis(device) else Fault("EXCHANGE_NOT_IMEI", value=shown_id(device))


def exchange_form(device: Device) -> dict[str, Any]:
    """Asks for the new IMEI; of a device with two, also which one it is for."""
    found = imeis(device)
    which = []
    if len(found) > 1:
        options = [option(f"{_SLOTS[slot]} {value}", value) for slot, value in found]
        picker = menu(OLD, options, placeholder="Choose", initial=found[0][1])
        which = [input_block(OLD, "Which IMEI is exchanged?", picker)]
    new = input_block(NEW, "New IMEI", text_input(NEW, longest=_LONGEST), hint="15 digits, as *#06# shows them.")
    born = device.generation
    return form(
        FORM,
        "Exchange IMEI",
        [section(f"{bold(code(shown_id(device)))} is {device.status.value}\n{_MEANS}"), *which, new],
        submit="Exchange",
        metadata=value_of({"id": device.id, "u": born.upload, "l": born.line, "o": found[0][1]}),
    )


def begun(exchange: Exchange, reader: Reader) -> Message:
    """What somebody is told who began an exchange."""
    if exchange.is_over:
        return outcome(exchange, reader)
    until = f"The device is EXCHANGING until it is confirmed, at the latest until {date(exchange.deadline)}"
    lines = [
        bold(f"The exchange of {code(exchange.old)} for {code(exchange.new)} has begun."),
        f"{until}; then it goes back by itself to the state it had. You are told how it ended.",
    ]
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def outcome(exchange: Exchange, reader: Reader) -> Message:
    """How an exchange ended, or that it has not yet; also the message that follows it."""
    pair = f"{code(exchange.old)} for {code(exchange.new)}"
    match exchange.state:
        case ExchangeState.DONE:
            lines = [bold(f"Exchanged: {code(exchange.old)} is {code(exchange.new)} now.")]
            lines.append(f"The device has the state it had. {reader.usage(f'devices {exchange.old}')} finds it, too.")
        case ExchangeState.FAILED:
            lines = [bold(f"The exchange of {pair} failed.")]
            if exchange.reason:
                lines.append(f"Reason: {code(exchange.reason, 200)}")
            lines.append("The device has its old IMEI and the state it had. Compare both IMEIs, then exchange again.")
        case ExchangeState.NOT_CONFIRMED:
            lines = [bold(f"The exchange of {pair} was not confirmed within 24 hours.")]
            lines.append("The device has its old IMEI and the state it had. Ask whoever runs the exchange system.")
        case _:
            return begun(exchange, reader)
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def two_imeis(reader: Reader) -> Message:
    """What somebody is told who named more or fewer than two identifiers."""
    text = (
        "Write the IMEI that the device has, then the one it gets: "
        f"{reader.usage('devices exchange 490154203237518 356938035643809')}"
    )
    return compose(text, [section(text)], [reader.account_line()])


def problem(faults: Sequence[Fault]) -> str:
    """What is wrong, for the line below a field."""
    return sentence(faults[0])[:150] if faults else ""
