"""What is said of devices that wait too long: to approvers, to their admins, to whoever uploaded (row B15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.commands import Command, render
from rollcall.views.approvals import REVIEW
from rollcall.views.blocks import actions, button, context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, date
from rollcall.views.uploads import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.backlogs import Backlog, Pile
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

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
    text = f":hourglass: {_waits(backlogs)} for your decision, the oldest since {date(backlogs[0].since)}."
    if more:
        text += " These are of the oldest uploads alone: there are more."
    foot = [*actions([_list(reader)]), _choose(reader), reader.account_line()]
    return compose(_plainly(text, backlogs, reader), [section(text), *_rows(backlogs, reader)], foot)


def escalation(backlogs: Sequence[Backlog], asked: Sequence[str], approvers: Sequence[str], reader: Reader) -> Message:
    """Tells a customer's admins what waits although it was reminded.

    Args:
        backlogs: what waits, reseller by reseller; at least one.
        asked: when the approvers were reminded, UTC.
        approvers: those who may decide, as a history has them.
        reader: somebody of the customer.
    """
    text = f":warning: {_waits(backlogs)} for a decision of your company, the oldest since {date(backlogs[0].since)}."
    text += f"\n{_reminded(asked)} {_who(approvers, reader)}" if approvers else "\nNobody of your company may decide."
    members = render(Command("", "setup", texts=("members",), as_account=reader.acting.account))
    people = button("People", "setup.page.members", {"q": members}, label="Show who may decide, and invite people")
    foot = [*actions([_list(reader), people]), _choose(reader), reader.account_line()]
    return compose(_plainly(text, backlogs, reader), [section(text), *_rows(backlogs, reader)], foot)


def still_waiting(piles: Sequence[Pile], customer: str, approvers: Sequence[str], reader: Reader) -> Message:
    """Tells a reseller, once, that a customer does not decide.

    Args:
        piles: what waits, upload by upload, the oldest first; at least one.
        customer: account id.
        approvers: those of it who may decide, as a history has them.
        reader: somebody of the reseller; knows the names of the customer's people.
    """
    devices = sum(pile.devices for pile in piles)
    wait = "is" if devices == 1 else "are"
    asked = sorted({at for pile in piles for at in pile.asked})[-3:]
    named = [reader.actor(one, of_reseller=False, company=customer) for one in approvers[:_NAMED]]
    further = f" and {count(len(approvers) - _NAMED)} more" if len(approvers) > _NAMED else ""
    text = (
        f":hourglass: {count(devices, 'device')} {wait} still waiting for {bold(reader.company(customer))} "
        f"since {date(piles[0].since)}."
    )
    text += f"\n{_reminded(asked)} {', '.join(named)}{further}." if named else "\nIt has nobody who may decide."
    text += " Its admins are told now."
    lines = [
        section(
            f"{code(pile.upload)}: {count(pile.devices, 'device')}, since {date(pile.since)}",
            button("Open", OPEN, {"id": pile.upload}, label=f"Open {pile.upload}"),
        )
        for pile in piles[:LINES]
    ]
    rest = [context(f"and {count(len(piles) - LINES, 'more upload')}")] if len(piles) > LINES else []
    plain = "\n".join([text, *(f"{code(pile.upload)}: {count(pile.devices, 'device')}" for pile in piles[:LINES])])
    return compose(plain, [section(text), *lines], [*rest, reader.account_line()])


def _waits(backlogs: Sequence[Backlog]) -> str:
    devices, uploads = sum(one.devices for one in backlogs), sum(one.uploads for one in backlogs)
    return f"{bold(count(devices, 'device'))} of {count(uploads, 'upload')} {'waits' if devices == 1 else 'wait'}"


def _reminded(asked: Sequence[str]) -> str:
    return f"Reminded {', '.join(map(date, asked))}:" if asked else "Those who can decide:"


def _who(approvers: Sequence[str], reader: Reader) -> str:
    named = [reader.actor(one, of_reseller=False, company=reader.acting.account) for one in approvers[:_NAMED]]
    return ", ".join(named) + (f" and {count(len(approvers) - _NAMED)} more" if len(approvers) > _NAMED else "") + "."


def _rows(backlogs: Sequence[Backlog], reader: Reader) -> list[Block]:
    rows = [
        section(
            _line(one, reader),
            button("Review", REVIEW, {"u": one.oldest}, label=f"Review the oldest upload, {one.oldest}"),
        )
        for one in backlogs[:LINES]
    ]
    rest = len(backlogs) - LINES
    return [*rows, *([context(f"and of {count(rest, 'more reseller')}")] if rest > 0 else [])]


def _line(one: Backlog, reader: Reader) -> str:
    uploads = count(one.uploads, "upload")
    return f"{bold(reader.company(one.reseller))}: {count(one.devices, 'device')} of {uploads}, since {date(one.since)}"


def _plainly(text: str, backlogs: Sequence[Backlog], reader: Reader) -> str:
    return "\n".join([text, *(_line(one, reader) for one in backlogs[:LINES])])


def _list(reader: Reader) -> Element:
    question = render(Command("approvals", "list", as_account=reader.acting.account))
    return button("Show what waits", OPEN, {"q": question}, label="Show what waits for your decision")


def _choose(reader: Reader) -> Block:
    return context(f"Your admins choose when you are reminded: {reader.usage('setup reminders')}")
