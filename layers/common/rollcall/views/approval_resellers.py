"""A customer's resellers and what it has decided about each (row P24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.accounts import Registration
from rollcall.permissions import Act, allows
from rollcall.views.blocks import actions, button, confirmation, header, overflow, section, value_of
from rollcall.views.message import compose
from rollcall.views.pager import pager, position
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.accounts import Link
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Registers a reseller, blocks it, or lets it in again; the value names which, and where in the list one is.
CHANGE: Final = "approvals.reseller"
#: The same behind three dots.
BLOCK: Final = "approvals.reseller_block"

_STANDING: Final = {
    Registration.REGISTERED: "✓ registered: you accept its devices without being asked",
    Registration.UNREGISTERED: "not registered: accepting its devices asks first what to do about it",
    Registration.BLOCKED: "✕ blocked: what it uploads for you is refused",
}


def resellers(page: Page[Link], question: str, reader: Reader, *, cursor: str = "", said: str = "") -> Message:
    """Who may upload devices for the customer, and how each stands.

    Args:
        page: links to the customer, by the names of the resellers.
        question: the command in canonical form.
        reader: somebody of the customer.
        cursor: that led to this page.
        said: what has just been changed, as mrkdwn.
    """
    say = reader.say
    head = [section(said)] if said else []
    foot = [*pager(page, question, cursor=cursor, say=say), reader.account_line()]
    if not page.items:
        empty = say(
            "No reseller can upload devices for you yet. One appears here as soon as it adds your company, "
            "or carries your MSP id."
        )
        return compose(f"{said}\n{empty}".strip(), [*head, section(empty)], foot, say=say)
    may = allows(reader.acting.member.role, Act.DECIDE)
    headline = say("Your resellers: {position}", position=position(page, say=say))
    body: list[Block] = [*head, header(headline)]
    lines = [*([said] if said else []), headline]
    for link in page.items:
        line = f"{bold(reader.company(link.reseller))} ({code(link.reseller)})\n{standing(link, say=say)}"
        lines.append(line.replace("\n", " · "))
        body += [section(line), *actions(_buttons(link, reader, cursor) if may else [])]
    return compose("\n".join(lines), body, foot, say=say)


def standing(link: Link, say: Wording = ENGLISH) -> str:
    """How a reseller stands with the customer, in a sentence without a full stop."""
    via = " " + say("· through your MSP id") if link.via_msp else ""
    return f"{say(_STANDING[link.registered])}{via}"


def changed(reseller: str, state: Registration, reader: Reader) -> str:
    """What is true now, as mrkdwn."""
    say = reader.say
    name = bold(reader.company(reseller))
    return {
        Registration.REGISTERED: say("{name} is registered: you accept its devices without being asked.", name=name),
        Registration.UNREGISTERED: (
            say(
                "{name} is let in again: it can upload for you, and accepting its devices asks first what to do "
                "about it.",
                name=name,
            )
        ),
        Registration.BLOCKED: (
            say(
                "{name} is blocked: what it uploads for you from now on is refused, and nothing of it reaches "
                "your channel. What came before stays for you to decide on, in {command}.",
                name=name,
                command=reader.usage("approvals list"),
            )
        ),
    }[state]


def _buttons(link: Link, reader: Reader, cursor: str) -> list[Element]:
    say = reader.say
    shown = {"r": link.reseller, "c": cursor}
    name = reader.names.get(link.reseller) or link.reseller
    if link.is_blocked:
        value = {**shown, "s": Registration.UNREGISTERED.value}
        return [button(say("Let in again"), CHANGE, value, label=say("Let {name} in again", name=name))]
    value = {**shown, "s": Registration.REGISTERED.value}
    register = (
        [] if link.is_registered else [button(say("Register"), CHANGE, value, label=say("Register {name}", name=name))]
    )
    sure = confirmation(
        say("Block {name}?", name=name),
        say(
            "What it uploads for you from now on is refused. What came before stays for you to decide on. "
            "You can let it in again here."
        ),
        confirm=say("Block"),
        say=say,
    )
    return [*register, {**overflow(BLOCK, [(say("Block…"), value_of({"r": link.reseller}))]), "confirm": sure}]
