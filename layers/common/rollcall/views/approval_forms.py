"""Forms of decisions: accept many or a part, reject with a reason, what to do about an unregistered reseller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.decisions import LONGEST_APPROVAL_ID
from rollcall.views.approval_parts import which
from rollcall.views.approvals import models
from rollcall.views.blocks import section, value_of
from rollcall.views.devices import shown_id
from rollcall.views.inputs import form, input_block, menu, option, text_input
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.devices import Device
    from rollcall.standing import Standing
    from rollcall.views.blocks import Block
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

ACCEPT: Final = "approvals.accept_all"
REJECT: Final = "approvals.reject"
ACCEPT_ONE: Final = "approvals.accept"
REGISTER: Final = "approvals.register_reseller"
#: Fields, by block id and action id alike.
REASON: Final = "reason"
APPROVAL: Final = "approval"
WHAT: Final = "what"
SHORTEST_REASON: Final = 3
LONGEST_REASON: Final = 300
#: What can be done about a reseller that is not registered.
REGISTERED: Final = "registered"
ONCE: Final = "once"
BLOCKED: Final = "blocked"

_MEANS: Final = (
    "Rejected devices are not yours: they leave your list of what waits, and the reseller sees your reason. "
    "Only the reseller deleting and uploading them again brings them back."
)


def accept_form(
    standing: Standing, reader: Reader, *, until: str, sent: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Accept all of an upload, or a part of it (rows P22, B9).

    Args:
        standing: as it is now.
        reader: an approver.
        until: until when it can be taken back, UTC.
        sent: the same form, sent when something else waited; what was filled in stays.
    """
    say = reader.say
    text = "\n".join([_of(standing, reader), models(standing, say), _until(until, say)])
    return form(
        ACCEPT,
        say("Accept devices"),
        [*_changed(standing, sent, say), section(text), *which(standing, say, sent)],
        submit=say("Accept"),
        close=say("Cancel"),
        metadata=value_of({"u": standing.upload, "v": standing.pending.version}),
        say=say,
    )


def approval_id_form(device: Device, value: Mapping[str, object], reader: Reader, *, until: str) -> dict[str, Any]:
    """Accept one device, with an approval ID (row P23)."""
    say = reader.say
    text = f"{_device(device, reader)}\n{_until(until, say)}"
    element = text_input(APPROVAL, longest=LONGEST_APPROVAL_ID, placeholder=say("As your billing system has it"))
    field = input_block(APPROVAL, say("Approval ID"), element, hint=say("For this device alone."), optional=True)
    return form(
        ACCEPT_ONE,
        say("Accept device"),
        [section(text), field],
        submit=say("Accept"),
        close=say("Cancel"),
        metadata=value_of(value),
        say=say,
    )


def reject_form(
    standing: Standing, reader: Reader, *, until: str, sent: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Reject all of an upload, or a part of it, with a reason (rows P25, B7, B9).

    The arguments are those of `accept_form`.
    """
    say = reader.say
    text = "\n".join([_of(standing, reader), say(_MEANS), _until(until, say)])
    return form(
        REJECT,
        say("Reject devices"),
        [
            *_changed(standing, sent, say),
            section(text),
            *which(standing, say, sent),
            _reason(say, choice(sent, REASON) if sent else ""),
        ],
        submit=say("Reject devices"),
        close=say("Cancel"),
        metadata=value_of({"u": standing.upload, "v": standing.pending.version}),
        say=say,
    )


def reject_device_form(device: Device, value: Mapping[str, object], reader: Reader, *, until: str) -> dict[str, Any]:
    """Reject one device with a reason."""
    say = reader.say
    text = "\n".join([_device(device, reader), say(_MEANS), _until(until, say)])
    return form(
        REJECT,
        say("Reject device"),
        [section(text), _reason(say)],
        submit=say("Reject device"),
        close=say("Cancel"),
        metadata=value_of(value),
        say=say,
    )


def register_form(reseller: str, value: Mapping[str, object], reader: Reader) -> dict[str, Any]:
    """What to do about a reseller that is not registered (row P24).

    Args:
        reseller: account id.
        value: what is to be accepted then; empty if nothing is.
        reader: who is asked.
    """
    say = reader.say
    choices = [option(say("Register it, and accept"), REGISTERED), option(say("Accept only this time"), ONCE)]
    if not value:
        choices = [option(say("Register it"), REGISTERED)]
    choices.append(option(say("Block it: refuse what it uploads from now on"), BLOCKED))
    named = f"{bold(reader.company(reseller))} ({code(reseller)})"
    lines = [
        say("{company} is not among the resellers that your company has registered.", company=named),
        say("Blocking leaves what has arrived for you to decide on, and can be taken back."),
    ]
    pick = menu(WHAT, choices, placeholder=say("Choose"), initial=REGISTERED)
    return form(
        REGISTER,
        say("Unregistered reseller"),
        [section("\n".join(lines)), input_block(WHAT, say("What shall happen?"), pick)],
        submit=say("Go on"),
        close=say("Cancel"),
        metadata=value_of({**value, "r": reseller}),
        say=say,
    )


def choice(view: Mapping[str, Any], name: str) -> str:
    """What was picked or typed in a field; empty if nothing was."""
    state = (view.get("state") or {}).get("values") or {}
    field = (state.get(name) or {}).get(name) or {}
    picked = field.get("selected_option") or {}
    return str(picked.get("value") or field.get("value") or "")


def reason_problem(reason: str, say: Wording = ENGLISH) -> str:
    """What is wrong with a reason; empty if nothing is."""
    length = len(reason.strip())
    if length < SHORTEST_REASON:
        return say("Say why, in at least {least} characters: the reseller reads it.", least=SHORTEST_REASON)
    long = say("At most {most} characters; these are {length}.", most=LONGEST_REASON, length=length)
    return long if length > LONGEST_REASON else ""


def _of(standing: Standing, reader: Reader) -> str:
    """How many devices of whom, in which file."""
    return reader.say(
        "{number} from {company} in {file}",
        number=bold(reader.say.count(standing.pending.total, "device")),
        company=bold(reader.company(standing.pending.reseller)),
        file=code(standing.file_name or standing.upload),
    )


def _device(device: Device, reader: Reader) -> str:
    """One device, and of whom."""
    company = bold(reader.company(device.generation.reseller))
    return reader.say("{device} from {company}", device=bold(code(shown_id(device))), company=company)


def _until(until: str, say: Wording) -> str:
    return say("You can take this back until {until}.", until=say.date(until))


def _changed(standing: Standing, sent: Mapping[str, Any] | None, say: Wording) -> list[Block]:
    """What changed while somebody filled the form in."""
    if sent is None:
        return []
    changed = (
        "⚠ Nothing was decided yet: what waits of {upload} has changed since this form was opened. "
        "Here is what waits now. What you filled in is still there; look at it and send it again."
    )
    return [section(say(changed, upload=code(standing.upload)))]


def _reason(say: Wording, initial: str = "") -> Block:
    element = {
        **text_input(REASON, longest=LONGEST_REASON, initial=initial),
        "multiline": True,
        "min_length": SHORTEST_REASON,
    }
    return input_block(REASON, say("Reason"), element, hint=say("The reseller reads it."))
