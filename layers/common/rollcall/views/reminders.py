"""What is said of devices that wait too long: to approvers, to their admins, to whoever uploaded (row B15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.commands import Command, render
from rollcall.views.approvals import REVIEW
from rollcall.views.blocks import actions, button, context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.uploads import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.backlogs import Backlog, Pile
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Resellers or uploads that are named one by one.
LINES: Final = 15
_NAMED: Final = 10


def reminder(backlogs: Sequence[Backlog], reader: Reader, *, more: bool) -> Message:
    """Reminds those who decide, of all that waits.

    Args:
        backlogs: what waits, reseller by reseller; at least one.
        reader: somebody of the customer.
        more: there is more, which is not counted here.
    """
    say = reader.say
    waits = ":hourglass: {devices} of {uploads} wait for your decision, the oldest since {since}."
    if _devices(backlogs) == 1:
        waits = ":hourglass: {devices} of {uploads} waits for your decision, the oldest since {since}."
    text = say(waits, **_figures(backlogs, say))
    if more:
        text += f" {say('These are of the oldest uploads alone: there are more.')}"
    foot = [*actions([_list(reader)]), _choose(reader), reader.account_line()]
    return compose(_plainly(text, backlogs, reader), [section(text), *_rows(backlogs, reader)], foot, say=say)


def escalation(backlogs: Sequence[Backlog], asked: Sequence[str], approvers: Sequence[str], reader: Reader) -> Message:
    """Tells a customer's admins what waits although it was reminded.

    Args:
        backlogs: what waits, reseller by reseller; at least one.
        asked: when the approvers were reminded, UTC.
        approvers: those who may decide, as a history has them.
        reader: somebody of the customer.
    """
    say = reader.say
    waits = ":warning: {devices} of {uploads} wait for a decision of your company, the oldest since {since}."
    if _devices(backlogs) == 1:
        waits = ":warning: {devices} of {uploads} waits for a decision of your company, the oldest since {since}."
    text = say(waits, **_figures(backlogs, say))
    nobody = say("Nobody of your company may decide.")
    text += f"\n{_reminded(asked, say)} {_who(approvers, reader)}" if approvers else f"\n{nobody}"
    members = render(Command("", "setup", texts=("members",), as_account=reader.acting.account))
    label = say("Show who may decide, and invite people")
    people = button(say("People"), "setup.page.members", {"q": members}, label=label)
    foot = [*actions([_list(reader), people]), _choose(reader), reader.account_line()]
    return compose(_plainly(text, backlogs, reader), [section(text), *_rows(backlogs, reader)], foot, say=say)


def still_waiting(piles: Sequence[Pile], customer: str, approvers: Sequence[str], reader: Reader) -> Message:
    """Tells a reseller, once, that a customer does not decide.

    Args:
        piles: what waits, upload by upload, the oldest first; at least one.
        customer: account id.
        approvers: those of it who may decide, as a history has them.
        reader: somebody of the reseller; knows the names of the customer's people.
    """
    say = reader.say
    devices = sum(pile.devices for pile in piles)
    asked = sorted({at for pile in piles for at in pile.asked})[-3:]
    named = [reader.actor(one, of_reseller=False, company=customer) for one in approvers[:_NAMED]]
    waits = ":hourglass: {devices} are still waiting for {company} since {since}."
    if devices == 1:
        waits = ":hourglass: {devices} is still waiting for {company} since {since}."
    company, since = bold(reader.company(customer)), say.date(piles[0].since)
    text = say(waits, devices=say.count(devices, "device"), company=company, since=since)
    told = f"{_reminded(asked, say)} {', '.join(named)}{_further(approvers, say)}."
    text += f"\n{told}" if named else f"\n{say('It has nobody who may decide.')}"
    text += f" {say('Its admins are told now.')}"
    lines = [
        section(
            f"{_pile(pile, say)}, {say('since {since}', since=say.date(pile.since))}",
            button(say("Open"), OPEN, {"id": pile.upload}, label=say("Open upload {upload}", upload=pile.upload)),
        )
        for pile in piles[:LINES]
    ]
    more = say.count(len(piles) - LINES, "more upload")
    rest = [context(say("and {more}", more=more))] if len(piles) > LINES else []
    plain = "\n".join([text, *(_pile(pile, say) for pile in piles[:LINES])])
    return compose(plain, [section(text), *lines], [*rest, reader.account_line()], say=say)


def _pile(pile: Pile, say: Wording) -> str:
    return f"{code(pile.upload)}: {say.count(pile.devices, 'device')}"


def _devices(backlogs: Sequence[Backlog]) -> int:
    return sum(one.devices for one in backlogs)


def _figures(backlogs: Sequence[Backlog], say: Wording) -> dict[str, str]:
    return {
        "devices": bold(say.count(_devices(backlogs), "device")),
        "uploads": say.count(sum(one.uploads for one in backlogs), "upload"),
        "since": say.date(backlogs[0].since),
    }


def _reminded(asked: Sequence[str], say: Wording) -> str:
    return say("Reminded {when}:", when=", ".join(map(say.date, asked))) if asked else say("Those who can decide:")


def _further(approvers: Sequence[str], say: Wording) -> str:
    more = len(approvers) - _NAMED
    return f" {say('and {number} more', number=say.count(more))}" if more > 0 else ""


def _who(approvers: Sequence[str], reader: Reader) -> str:
    named = [reader.actor(one, of_reseller=False, company=reader.acting.account) for one in approvers[:_NAMED]]
    return f"{', '.join(named)}{_further(approvers, reader.say)}."


def _rows(backlogs: Sequence[Backlog], reader: Reader) -> list[Block]:
    say = reader.say
    label = "Review the oldest upload, {upload}"
    rows = [
        section(
            _line(one, reader), button(say("Review"), REVIEW, {"u": one.oldest}, label=say(label, upload=one.oldest))
        )
        for one in backlogs[:LINES]
    ]
    rest = len(backlogs) - LINES
    return [*rows, *([context(say("and of {more}", more=say.count(rest, "more reseller")))] if rest > 0 else [])]


def _line(one: Backlog, reader: Reader) -> str:
    say = reader.say
    told = say(
        "{devices} of {uploads}, since {since}",
        devices=say.count(one.devices, "device"),
        uploads=say.count(one.uploads, "upload"),
        since=say.date(one.since),
    )
    return f"{bold(reader.company(one.reseller))}: {told}"


def _plainly(text: str, backlogs: Sequence[Backlog], reader: Reader) -> str:
    return "\n".join([text, *(_line(one, reader) for one in backlogs[:LINES])])


def _list(reader: Reader) -> Element:
    question = render(Command("approvals", "list", as_account=reader.acting.account))
    say = reader.say
    return button(say("Show what waits"), OPEN, {"q": question}, label=say("Show what waits for your decision"))


def _choose(reader: Reader) -> Block:
    command = reader.usage("setup reminders")
    return context(reader.say("Your admins choose when you are reminded: {command}", command=command))
