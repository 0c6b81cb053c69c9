"""Devices that are deleted: the form that asks first, what came of it, and what the customer is asked and told.

Rows P15 and B8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault
from rollcall.removals import RemovalKind, RemovalState
from rollcall.views.blocks import actions, button, confirmation, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, escape
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.removals import Removal, Removed
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

RELEASE: Final = "devices.release"
KEEP: Final = "devices.keep"
_NAMED: Final = 10
_SHOWN: Final = 10


def answer(removal: Removal, reader: Reader) -> Message:
    """What somebody is told who asked for a removal, as it is now; also the message that follows it."""
    if removal.state is RemovalState.REFUSED:
        lines = refused_lines(removal, reader)
    elif removal.state is RemovalState.DONE:
        lines = outcome_lines(removal, reader)
    else:
        lines = running_lines(removal, say=reader.say)
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=reader.say)


def running_lines(removal: Removal, say: Wording = ENGLISH) -> list[str]:
    """How far a removal is."""
    what = (
        say("Taking upload {upload} back", upload=code(removal.upload)) if removal.upload else say("Deleting devices")
    )
    done = (
        say("{number} of {devices} done", number=say.count(removal.done), devices=say.count(removal.total, "device"))
        if removal.done
        else say("this takes a moment")
    )
    return [bold(f"{what}: {done}."), say("You are told here when it is done; you need not wait.")]


def outcome_lines(removal: Removal, reader: Reader) -> list[str]:
    """What went, what stays and why."""
    say = reader.say
    released = say(", released by {who}", who=who(removal, reader)) if removal.customer else ""
    if removal.kind is RemovalKind.UNDO_UPLOAD:
        head = say(
            "Upload {upload} is taken back: {devices} deleted",
            upload=code(removal.upload),
            devices=say.count(removal.gone, "device"),
        )
    else:
        head = say("{devices} deleted{released}", devices=say.count(removal.gone, "device"), released=released)
    lines = [bold(f"{head}.")]
    lines += [
        say("{number} of {company}", number=say.count(one.devices), company=reader.company(customer))
        + (say(", {number} of them accepted before", number=say.count(one.verified)) if one.verified else "")
        + say("; it is told.")
        for customer, one in sorted(removal.removed.items())
    ]
    if removal.others.devices:
        lines.append(say("{number} of other customers; each is told.", number=say.count(removal.others.devices)))
    if removal.kind is RemovalKind.UNDO_UPLOAD:
        lines += stay_lines(removal, say=say)
    else:
        lines += _why(removal, say=say)
    if removal.gone:
        lines.append(say("Uploading them again brings them back."))
    return lines


def refused_lines(removal: Removal, reader: Reader) -> list[str]:
    """Nothing was removed, and why."""
    say = reader.say
    if removal.fault == "RELEASE_DENIED":
        devices = say.count(removal.total, "device")
        return [
            bold(
                say(
                    "{company} keeps {devices} that you wanted to delete.",
                    company=reader.company(removal.customer),
                    devices=devices,
                )
            ),
            say(
                "{who} decided so · {when}. {remedy}",
                who=who(removal, reader),
                when=say.date(removal.answered_at),
                remedy=say.remedy(removal.fault),
            ),
        ]
    told = [escape(say.sentence(Fault(removal.fault)))] if removal.fault in CATALOGUE else []
    return [bold(say("Nothing was deleted.")), *told]


def stay_lines(removal: Removal, say: Wording = ENGLISH) -> list[str]:
    """What of an upload stays, by state."""
    total = sum(removal.stays.values())
    if not total:
        return []
    states = ", ".join(f"{say.count(number)} {state}" for state, number in sorted(removal.stays.items()))
    told = "{devices} stays: {states}." if total == 1 else "{devices} stay: {states}."
    return [say(told, devices=say.count(total, "device"), states=states)]


def _why(removal: Removal, say: Wording = ENGLISH) -> list[str]:
    if not removal.by_code:
        return []
    staying = sum(removal.by_code.values())
    lines = [say("{devices} not deleted:", devices=say.count(staying, "device"))]
    for name, number in sorted(removal.by_code.items(), key=lambda pair: (-pair[1], pair[0])):
        values = [one.value for one in removal.refused if one.code == name][:_NAMED]
        more = number - len(values)
        named = ", ".join(
            [*(code(value) for value in values), *([say("{number} more", number=say.count(more))] if more else [])]
        )
        lines.append(f"• {say.count(number)} {say.title(name)}: {named}")
        if name in CATALOGUE:
            lines.append(f"  {escape(say.remedy(name))}")
    return lines


def who(removal: Removal, reader: Reader) -> str:
    """Who of the customer answered, as mrkdwn."""
    return reader.actor(removal.answered_by, of_reseller=False, company=removal.customer)


def denied(faults: Sequence[Fault], reader: Reader) -> Message:
    """Nothing is done, and why."""
    say = reader.say
    text = "\n".join(say.fault_line(fault) for fault in faults)
    return compose(text, [section(text)], [reader.account_line()], say=say)


def elsewhere(question: str, reader: Reader) -> Message:
    """What somebody is told who typed this where nothing is changed, such as into the bot's messages."""
    say = reader.say
    text = say("Nothing was changed: type it as a slash command, {command}.", command=reader.usage(question))
    return compose(text, [section(text)], [reader.account_line()], say=say)


def nothing_to_delete(faults: Sequence[Fault | None], unknown: Sequence[str], reader: Reader) -> Message:
    """None of the devices can be deleted; by cause, with what to do."""
    say = reader.say
    lines = [bold(say("Nothing can be deleted."))]
    for fault in dict.fromkeys(fault.code for fault in faults if fault):
        number = sum(one is not None and one.code == fault for one in faults)
        lines.append(f"• {say.count(number, 'device')}: {say.title(fault)}. {escape(say.remedy(fault))}")
    if unknown:
        named = ", ".join(code(text) for text in unknown[:_SHOWN])
        more = " " + say("and {number} more", number=say.count(len(unknown) - _SHOWN)) if len(unknown) > _SHOWN else ""
        lines.append(
            say(
                "• Not known: {named}{more}. {command} shows what there is.",
                named=named,
                more=more,
                command=reader.usage("devices list"),
            )
        )
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def nothing_to_undo(upload: str, stays: Mapping[str, int], reader: Reader) -> Message:
    """Nothing of an upload goes, since all of it is decided or gone."""
    say = reader.say
    text = say("Nothing of {upload} can be taken back.", upload=code(upload)) + " "
    if stays:
        text += say(
            "What was decided stays: {states}. {command} says how to delete single devices.",
            states=states_line(stays, say=say),
            command=reader.usage("help"),
        )
    else:
        text += say("All of its devices are gone already.")
    return compose(text, [section(text)], [reader.account_line()], say=say)


# -- the customer ----------------------------------------------------------------------------------------------------


def customer_message(removal: Removal, gone: Removed, reader: Reader) -> Message:
    """What a customer is told of its devices that are gone (row P15)."""
    say = reader.say
    head = "{company} deleted {devices} that it had uploaded for you."
    if removal.upload:
        head = "{company} took upload {upload} back: {devices} deleted."
    company, devices = reader.company(removal.account), say.count(gone.devices, "device")
    lines = [bold(say(head, company=company, devices=devices, upload=code(removal.upload)))]
    accepted = "None of them you had accepted."
    if gone.verified:
        accepted = "{number} of them you had accepted."
        if removal.answered_by:
            accepted = "{number} of them you had accepted; {who} released them."
    lines.append(say(accepted, number=say.count(gone.verified), who=who(removal, reader)))
    actor = reader.actor(removal.occasion.by, of_reseller=True, company=removal.account)
    lines.append(f"{say('By {who}', who=actor)} · {say.date(removal.finished_at or removal.occasion.at)}")
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def release_message(removal: Removal, devices: Sequence[str], reader: Reader, *, again: bool = False) -> Message:
    """What a customer is asked of devices that it has accepted (row P15).

    Args:
        removal: that waits, or waited.
        devices: some of their identifiers.
        reader: somebody of the customer.
        again: it was asked before, and this reminds of it.
    """
    say = reader.say
    company, number = reader.company(removal.account), say.count(removal.total, "device")
    named = ", ".join(code(one) for one in devices[:_SHOWN])
    more = removal.total - min(len(devices), _SHOWN)
    which = f"{named} {say('and {number} more', number=say.count(more))}" if more > 0 else named
    head = bold(say("{company} wants to delete {devices} that you have accepted.", company=company, devices=number))
    if again:
        asked = say(":hourglass: This was asked {when}.", when=say.date(removal.created_at))
        head = f"{asked}\n{head}"
    if removal.state is RemovalState.WAITING:
        means = say(
            "Released devices are deleted; they are yours again only when they are uploaded and accepted again. "
            "Without your release nothing happens."
        )
        lines = [head, which, means]
        value = {"j": removal.id}
        sure = confirmation(
            say("Release {devices}?", devices=number),
            say("They are deleted at once. That cannot be taken back."),
            confirm=say("Release {devices}", devices=say.count(removal.total)),
            deny=say("Cancel"),
            say=say,
        )
        buttons = [
            button(say("Release {devices}", devices=number), RELEASE, value, style="danger", confirm=sure),
            button(say("Keep"), KEEP, value, label=say("Keep {devices}", devices=number)),
        ]
        return compose(
            "\n".join(lines), [section("\n".join(lines))], [*actions(buttons), reader.account_line()], say=say
        )
    text = "\n".join([head, which, *answered_lines(removal, reader)])
    return compose(text, [section(text)], [reader.account_line()], say=say)


def answered(removal: Removal, reader: Reader, *, first: bool) -> Message:
    """What somebody is told who answered; the first answer counts."""
    told = answered_lines(removal, reader)
    if not first:
        told = [reader.say("Already answered."), *told, reader.say("Your click changed nothing.")]
    text = " ".join(told)
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def answered_lines(removal: Removal, reader: Reader) -> list[str]:
    """Who answered what, and what came of it."""
    say, name = reader.say, who(removal, reader)
    at = say.date(removal.answered_at)
    if removal.state is RemovalState.REFUSED:
        return [f"{say('Kept by {who}', who=name)} · {at}", say("The reseller is told; nothing was deleted.")]
    lines = [f"{say('Released by {who}', who=name)} · {at}"]
    if removal.state is RemovalState.DONE:
        stays = removal.total - removal.gone
        told = "{devices} deleted. {stays} had changed in between." if stays else "{devices} deleted."
        lines.append(say(told, devices=say.count(removal.gone, "device"), stays=say.count(stays)))
    else:
        lines.append(say("They are being deleted."))
    return lines


def only_resellers(say: Wording = ENGLISH) -> Message:
    """What somebody is told who is of no reseller; whether the thing exists is not said."""
    text = say("You cannot do this. It is for people of the reseller that uploaded the devices; nothing was changed.")
    return compose(text, [section(text)], say=say)


def only_customers(say: Wording = ENGLISH) -> Message:
    """Likewise for somebody who is of no customer."""
    text = say(
        "You cannot decide on this. Approvers and admins of the customer that the devices are for can; nothing was "
        "changed."
    )
    return compose(text, [section(text)], say=say)


def states_line(states: Mapping[str, int], say: Wording = ENGLISH) -> str:
    """How many in which state: ``3 PENDING, 1 REJECTED``."""
    return ", ".join(f"{say.count(number)} {state}" for state, number in sorted(states.items()))
