"""Invitations: the code and how to hand it on, and what becomes of it (row B25)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.invitations import DAYS, Invited, Refusal
from rollcall.uploads import utc
from rollcall.views.blocks import actions, button, confirmation, context, header, paragraphs, section
from rollcall.views.message import compose
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, count, date, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Member
    from rollcall.invitations import Invitation
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Names

    View = dict[str, Any]

#: Action of the button, and callback of the form, by which somebody joins.
JOIN: Final = "people.join"
#: Of the button in a message to somebody who was invited in person.
ACCEPT: Final = "people.accept"
#: Of the buttons by which an admin says what a reseller is to be linked with.
LINK: Final = "people.link"
#: Of the button by which an operator takes an invitation back.
REVOKE: Final = "people.revoke"
#: Of the button and the form that invite a company.
INVITE_COMPANY: Final = "people.invite_company"
_MOST_LISTED: Final = 20

_REFUSED: Final = {
    Refusal.UNKNOWN: "There is no invitation with this code. Look at it once more: it has 16 characters behind J-.",
    Refusal.USED: "This code has been used already; each lets one person in.",
    Refusal.EXPIRED: f"This code has expired: each is good for {DAYS} days.",
    Refusal.REVOKED: "This code is not good any more: whoever gave it to you took it back, or may not invite now.",
}


def made(
    invitation: Invitation, secret: str, *, inviter: str, install: str = "", foot: Sequence[Block] = (), command: str
) -> Message:
    """The code, this once, and how to hand it on.

    Args:
        invitation: what it is good for.
        secret: the code.
        inviter: name of the company that invites; empty for an operator.
        install: where Rollcall is installed in a workspace; empty if that is not known.
        foot: the account line.
        command: the real name of the slash command.
    """
    whom = f"*{plain(invitation.company)}* ({invitation.kind})" if invitation.company else "one person"
    link = [f"or by this link, whether or not their workspace has Rollcall: {code(f'{install}?join={secret}', 300)}"]
    send = "Send the line or the link to them." if install else "Send this line to them."
    lines = [
        f"Invitation for {whom}{_as(invitation)}:",
        command_line(command, f"join {secret}"),
        *(link if install else []),
        f"{send} The code works once, until {date(_until(invitation))}; it is shown only here.",
    ]
    if invitation.kind is not Invited.PERSON:
        lines.append("Whoever uses it becomes the first admin, and invites the others.")
    if invitation.reseller and inviter:
        lines.append(f"From then on {plain(inviter)} can upload to them.")
    return compose("\n".join(lines), [header("Invitation"), *paragraphs(lines)], foot)


def _as(invitation: Invitation) -> str:
    return f" as {invitation.role}" if invitation.kind is Invited.PERSON else ""


def _until(invitation: Invitation) -> str:
    return utc(datetime.fromtimestamp(invitation.until, UTC))


def refused(refusal: Refusal, identity: Sequence[str] = (), *, command: str = COMMAND) -> Message:
    """Why a code lets nobody in. It says nothing of whom it was for.

    Args:
        refusal: why.
        identity: what a stranger is told of themselves, and how to join.
        command: the real name of the slash command.
    """
    lines = [_REFUSED[refusal]]
    if not identity:
        lines.append(f"Ask whoever gave it to you for a new one. {command_line(command, 'me')} says where you belong.")
    return compose("\n".join([*lines, *identity]), [section("\n".join(lines)), *paragraphs(identity)])


def used_by_you(command: str = COMMAND) -> Message:
    """Somebody shows a code for the second time."""
    text = f"You have used this code already. {command_line(command, 'me')} says where you belong since."
    return compose(text, [section(text)])


def joined(member: Member, company: str, *, several: bool, linked: str = "", command: str = COMMAND) -> Message:
    """Somebody is in.

    Args:
        member: their place.
        company: its name.
        several: they have other places, too.
        linked: name of the reseller that can upload to the company from now on; empty for none.
        command: the real name of the slash command.
    """
    side = "reseller" if member.account.startswith("RSL-") else "customer"
    lines = [f"Welcome. You are {member.role} of {bold(plain(company))} ({side}, {code(member.account)}) now."]
    if linked:
        lines = [f"{bold(plain(linked))} can upload devices for {bold(plain(company))} ({code(member.account)}) now."]
        lines.append("When the first devices come, you are asked whether to register it.")
    name = f" {code('as:' + member.account)}" if several else ""
    if several:
        lines.append(f"You belong to several companies:{name} behind a command names this one.")
    buttons: list[Element] = []
    if member.role == "admin":
        lines.append("Next: name a channel, and invite your colleagues.")
        buttons.append(button("Set up", "setup.page", {"q": f"setup as:{member.account}"}, style="primary"))
    lines.append(f"{command_line(command, 'help')} says what you can ask for.")
    foot = [context(f"{plain(company)} · {side}")]
    return compose("\n".join(lines), [section("\n".join(lines)), *actions(buttons)], foot)


def already(member: Member | None, company: str, *, linked: bool = False) -> Message:
    """What the code brings is there already, so it was not used."""
    what = "is linked with that reseller already" if linked else "has you as a member already"
    role = f", as {member.role}" if member and not linked else ""
    text = f"{bold(plain(company))} {what}{role}. The code was not used; it is still good for somebody else."
    return compose(text, [section(text)])


def which_company(invitation: Invitation, reseller: str, places: Sequence[Member], names: Names) -> Message:
    """Asks an admin of a customer whether a reseller that invited is to upload to it, or to a new company.

    Args:
        invitation: held for them.
        reseller: name of the reseller.
        places: the customers that they are admin of.
        names: of those.
    """
    say = f"{bold(plain(reseller))} invites a customer, and you are an admin of one already. Which shall it be?"
    rows = [
        section(
            f"{bold(plain(names.get(place.account) or place.account))} {code(place.account)}",
            button("Link with it", f"{LINK}.{number}", {"id": invitation.id, "a": place.account}),
        )
        for number, place in enumerate(places[:5])
    ]
    new = section(
        f"A new company: {bold(plain(invitation.company))}",
        button("Make it", f"{LINK}.new", {"id": invitation.id, "a": ""}),
    )
    return compose(say, [section(say), *rows, new])


def personal(invitation: Invitation, inviter: str, company: str) -> Message:
    """To somebody who was invited in person, with the button that lets them, and nobody else, in."""
    text = (
        f"{plain(inviter)} invites you to {bold(plain(company))} in Rollcall, as {invitation.role}. "
        f"The invitation is good until {date(_until(invitation))}."
    )
    accept = button("Join", ACCEPT, {"id": invitation.id}, style="primary", label=f"Join {company}")
    return compose(text, [section(text), *actions([accept])])


def not_yours(command: str = COMMAND) -> Message:
    """A button of an invitation that is meant for somebody else, or for nobody."""
    text = f"This invitation is not for you, or not any more. {command_line(command, 'me')} says where you belong."
    return compose(text, [section(text)])


def told(name: str, company: str, account: str, role: str, *, new: bool) -> Message:
    """To whoever invited: somebody joined by it."""
    what = (
        f"{plain(name)} brought in {bold(plain(company))} ({code(account)}) and is its admin."
        if new
        else f"{plain(name)} joined {bold(plain(company))} as {role}."
    )
    text = f"{what} Your invitation has been used."
    return compose(text, [section(text)])


def elsewhere(word: str, command: str = COMMAND) -> Message:
    """A word that changes something was typed into the bot's messages, which Slack may deliver twice."""
    example = {"join": "join &lt;code&gt;", "invite": 'invite customer "Northwind Logistics"'}.get(word, word)
    text = f"Type it as a command, with its slash: {command_line(command, example)}."
    buttons = [button("I have a code", JOIN, {})] if word == "join" else []
    return compose(text, [section(text), *actions(buttons)])


def who_invites(kind: str, command: str = COMMAND) -> Message:
    """Somebody asked to invite a company who may not."""
    text = (
        "Only those who run Rollcall invite resellers."
        if kind == "reseller"
        else "Only a reseller's admins, and those who run Rollcall, invite customers."
    )
    text += f" {command_line(command, 'setup members')} is for inviting colleagues."
    return compose(text, [section(text)])


def bad_invite(problem: str, command: str = COMMAND) -> Message:
    """An invitation that cannot be made as it was typed."""
    example = 'invite customer "Northwind Logistics"'
    text = f"{problem} This works: {command_line(command, example)}"
    return compose(text, [section(text)])


def operators_list(listed: Sequence[Invitation], *, now: float) -> Message:
    """The open invitations of those who run Rollcall, each with the way to take it back.

    Args:
        listed: the newest last.
        now: epoch seconds.
    """
    headline = f"Open invitations: {len(listed)}"
    rows = [
        section(
            line(one, now=now),
            {
                **button("Take back", REVOKE, {"id": one.id}, label=f"Take the invitation of {one.company} back"),
                "confirm": confirmation(
                    "Take it back?", "Its code lets nobody in any more.", confirm="Take back", deny="Keep it"
                ),
            },
        )
        for one in listed[-_MOST_LISTED:]
    ]
    if len(listed) > _MOST_LISTED:
        rows.append(context(f"And {count(len(listed) - _MOST_LISTED, 'older one')}."))
    invite = button("Invite a company", INVITE_COMPANY, {}, style="primary")
    return compose(headline, [header(headline), *rows], actions([invite]))


def line(invitation: Invitation, *, now: float) -> str:
    """An open invitation in a list: what for, until when; never its code."""
    whom = (
        plain(invitation.company) if invitation.company else plain(invitation.note) if invitation.note else "somebody"
    )
    left = max(int(invitation.until - now) // 86_400, 0)
    return f"Invitation for {whom} as {invitation.role} · {count(left, 'more day')}, until {date(_until(invitation))}"
