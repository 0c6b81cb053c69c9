"""Forms of decisions: accept many or a part, reject with a reason, what to do about an unregistered reseller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.decisions import LONGEST_APPROVAL_ID
from rollcall.views.approvals import models
from rollcall.views.blocks import section, value_of
from rollcall.views.devices import shown_id
from rollcall.views.inputs import form, input_block, menu, option, text_input
from rollcall.views.text import bold, code, count, date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.devices import Device
    from rollcall.standing import Standing
    from rollcall.views.blocks import Block
    from rollcall.views.reader import Reader

ACCEPT: Final = "approvals.accept_all"
REJECT: Final = "approvals.reject"
ACCEPT_ONE: Final = "approvals.accept"
REGISTER: Final = "approvals.register_reseller"
#: Fields, by block id and action id alike.
WHICH: Final = "which"
REASON: Final = "reason"
APPROVAL: Final = "approval"
WHAT: Final = "what"
SHORTEST_REASON: Final = 3
LONGEST_REASON: Final = 300
#: What can be done about a reseller that is not registered.
REGISTERED: Final = "registered"
ONCE: Final = "once"
BLOCKED: Final = "blocked"
ALL: Final = "all"
_CHOICES: Final = 40

_MEANS: Final = (
    "Rejected devices are not yours: they leave your list of what waits, and the reseller sees your reason. "
    "Only the reseller deleting and uploading them again brings them back."
)


def accept_form(standing: Standing, reader: Reader, *, until: str) -> dict[str, Any]:
    """Accept all of an upload, or a part of it (rows P22, B9)."""
    text = (
        f"{bold(count(standing.pending.total, 'device'))} from {bold(reader.company(standing.pending.reseller))} in "
        f"{code(standing.file_name or standing.upload)}\n{models(standing)}\n"
        f"You can take this back until {date(until)}."
    )
    return form(
        ACCEPT,
        "Accept devices",
        [section(text), *_which(standing)],
        submit="Accept",
        metadata=value_of({"u": standing.upload, "v": standing.pending.version}),
    )


def approval_id_form(device: Device, value: Mapping[str, object], reader: Reader, *, until: str) -> dict[str, Any]:
    """Accept one device, with an approval ID (row P23)."""
    text = (
        f"{bold(code(shown_id(device)))} from {bold(reader.company(device.generation.reseller))}\n"
        f"You can take this back until {date(until)}."
    )
    element = text_input(APPROVAL, longest=LONGEST_APPROVAL_ID, placeholder="As your billing system has it")
    field = input_block(APPROVAL, "Approval ID", element, hint="For this device alone.", optional=True)
    return form(ACCEPT_ONE, "Accept device", [section(text), field], submit="Accept", metadata=value_of(value))


def reject_form(standing: Standing, reader: Reader, *, until: str) -> dict[str, Any]:
    """Reject all of an upload, or a part of it, with a reason (rows P25, B7, B9)."""
    text = (
        f"{bold(count(standing.pending.total, 'device'))} from {bold(reader.company(standing.pending.reseller))} in "
        f"{code(standing.file_name or standing.upload)}\n{_MEANS}\nYou can take this back until {date(until)}."
    )
    return form(
        REJECT,
        "Reject devices",
        [section(text), *_which(standing), _reason()],
        submit="Reject devices",
        metadata=value_of({"u": standing.upload, "v": standing.pending.version}),
    )


def reject_device_form(device: Device, value: Mapping[str, object], reader: Reader, *, until: str) -> dict[str, Any]:
    """Reject one device with a reason."""
    text = (
        f"{bold(code(shown_id(device)))} from {bold(reader.company(device.generation.reseller))}\n{_MEANS}\n"
        f"You can take this back until {date(until)}."
    )
    return form(REJECT, "Reject device", [section(text), _reason()], submit="Reject device", metadata=value_of(value))


def register_form(reseller: str, value: Mapping[str, object], reader: Reader) -> dict[str, Any]:
    """What to do about a reseller that is not registered (row P24).

    Args:
        reseller: account id.
        value: what is to be accepted then; empty if nothing is.
        reader: who is asked.
    """
    name = reader.company(reseller)
    choices = [option("Register it, and accept", REGISTERED), option("Accept only this time", ONCE)]
    if not value:
        choices = [option("Register it", REGISTERED)]
    choices.append(option("Block it: refuse what it uploads from now on", BLOCKED))
    text = (
        f"{bold(name)} ({code(reseller)}) is not among the resellers that your company has registered.\n"
        "Blocking leaves what has arrived for you to decide on, and can be taken back."
    )
    pick = menu(WHAT, choices, placeholder="Choose", initial=REGISTERED)
    return form(
        REGISTER,
        "Unregistered reseller",
        [section(text), input_block(WHAT, "What shall happen?", pick)],
        submit="Go on",
        metadata=value_of({**value, "r": reseller}),
    )


def choice(view: Mapping[str, Any], name: str) -> str:
    """What was picked or typed in a field; empty if nothing was."""
    state = (view.get("state") or {}).get("values") or {}
    field = (state.get(name) or {}).get(name) or {}
    picked = field.get("selected_option") or {}
    return str(picked.get("value") or field.get("value") or "")


def reason_problem(reason: str) -> str:
    """What is wrong with a reason; empty if nothing is."""
    length = len(reason.strip())
    if length < SHORTEST_REASON:
        return f"Say why, in at least {SHORTEST_REASON} characters: the reseller reads it."
    return f"At most {LONGEST_REASON} characters; these are {length}." if length > LONGEST_REASON else ""


def selection_of(standing: Standing, picked: str) -> tuple[str, str]:
    """The order number and the model that a choice stands for, in the version in which it was made; empty for all.

    Raises:
        ValueError: it is none of the choices.
    """
    if picked in ("", ALL):
        return "", ""
    kind, _, place = picked.partition(":")
    names = _orders(standing) if kind == "o" else _models(standing)
    if not (place.isascii() and place.isdigit() and int(place) < len(names)):
        raise ValueError(f"{picked!r} is no choice of {standing.upload}")
    name = names[int(place)]
    return (name, "") if kind == "o" else ("", name)


def _which(standing: Standing) -> list[Block]:
    """All, or those of one order or model; the choices are numbered within the version that is shown."""
    orders, names = _orders(standing), _models(standing)
    choices = [option(f"All {count(standing.pending.total)}", ALL)]
    if standing.pending.counted == standing.pending.total:
        if len(standing.pending.by_order) > 1:
            choices += [
                option(f"Order {name} ({count(standing.pending.by_order[name])})", f"o:{place}")
                for place, name in enumerate(orders)
            ]
        if len(standing.pending.by_model) > 1:
            choices += [
                option(f"Model {name} ({count(standing.pending.by_model[name])})", f"m:{place}")
                for place, name in enumerate(names)
            ]
    if len(choices) == 1:
        return []
    return [input_block(WHICH, "Which devices?", menu(WHICH, choices, placeholder="Choose", initial=ALL))]


def _orders(standing: Standing) -> list[str]:
    return sorted(name for name in standing.pending.by_order if name)[:_CHOICES]


def _models(standing: Standing) -> list[str]:
    """Models of which no name is the beginning of another one: a selection goes by beginnings."""
    names = [name for name in standing.pending.by_model if name]
    alone = [
        name
        for name in names
        if not any(other != name and other.casefold().startswith(name.casefold()) for other in names)
    ]
    return sorted(alone)[:_CHOICES]


def _reason() -> Block:
    element = {**text_input(REASON, longest=LONGEST_REASON), "multiline": True, "min_length": SHORTEST_REASON}
    return input_block(REASON, "Reason", element, hint="The reseller reads it.")
