"""Exchanges of an IMEI: the form that begins one, and what became of it (row B21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.errors import Fault
from rollcall.exchanges import ExchangeState
from rollcall.transitions import Act, Status, sources
from rollcall.views.blocks import section, value_of
from rollcall.views.devices import shown_id
from rollcall.views.inputs import form, input_block, menu, option, text_input
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.devices import Device
    from rollcall.exchanges import Exchange
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

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


def exchange_form(device: Device, say: Wording = ENGLISH) -> dict[str, Any]:
    """Asks for the new IMEI; of a device with two, also which one it is for."""
    found = imeis(device)
    which = []
    if len(found) > 1:
        options = [option(f"{_SLOTS[slot]} {value}", value) for slot, value in found]
        picker = menu(OLD, options, placeholder=say("Choose"), initial=found[0][1])
        which = [input_block(OLD, say("Which IMEI is exchanged?"), picker)]
    new = input_block(
        NEW, say("New IMEI"), text_input(NEW, longest=_LONGEST), hint=say("15 digits, as *#06# shows them.")
    )
    born = device.generation
    what = say("{device} is {status}", device=bold(code(shown_id(device))), status=device.status.value)
    return form(
        FORM,
        say("Exchange IMEI"),
        [
            section(f"{what}\n{say(_MEANS)}"),
            *which,
            new,
        ],
        submit=say("Exchange"),
        metadata=value_of({"id": device.id, "u": born.upload, "l": born.line, "o": found[0][1]}),
        say=say,
    )


def begun(exchange: Exchange, reader: Reader) -> Message:
    """What somebody is told who began an exchange."""
    say = reader.say
    if exchange.is_over:
        return outcome(exchange, reader)
    lines = [
        bold(say("The exchange of {old} for {new} has begun.", old=code(exchange.old), new=code(exchange.new))),
        say(
            "The device is EXCHANGING until it is confirmed, at the latest until {deadline}; then it goes back by "
            "itself to the state it had. You are told how it ended.",
            deadline=say.date(exchange.deadline),
        ),
    ]
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def outcome(exchange: Exchange, reader: Reader) -> Message:
    """How an exchange ended, or that it has not yet; also the message that follows it."""
    say = reader.say
    both = {"old": code(exchange.old), "new": code(exchange.new)}
    match exchange.state:
        case ExchangeState.DONE:
            lines = [bold(say("Exchanged: {old} is {new} now.", **both))]
            lines.append(
                say(
                    "The device has the state it had. {command} finds it, too.",
                    command=reader.usage(f"devices {exchange.old}"),
                )
            )
        case ExchangeState.FAILED:
            lines = [bold(say("The exchange of {old} for {new} failed.", **both))]
            if exchange.reason:
                lines.append(say("Reason: {reason}", reason=code(exchange.reason, 200)))
            lines.append(
                say("The device has its old IMEI and the state it had. Compare both IMEIs, then exchange again.")
            )
        case ExchangeState.NOT_CONFIRMED:
            lines = [bold(say("The exchange of {old} for {new} was not confirmed within 24 hours.", **both))]
            lines.append(say("The device has its old IMEI and the state it had. Ask whoever runs the exchange system."))
        case _:
            return begun(exchange, reader)
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def two_imeis(reader: Reader) -> Message:
    """What somebody is told who named more or fewer than two identifiers."""
    say = reader.say
    text = say(
        "Write the IMEI that the device has, then the one it gets: {command}",
        command=reader.usage("devices exchange 490154203237518 356938035643809"),
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def problem(faults: Sequence[Fault], say: Wording = ENGLISH) -> str:
    """What is wrong, for the line below a field."""
    return say.sentence(faults[0])[:150] if faults else ""
