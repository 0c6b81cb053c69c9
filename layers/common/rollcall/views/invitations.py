"""Invitations: the code and how to hand it on, and what becomes of it (row B25)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.invitations import DAYS, Invited, Refusal
from rollcall.uploads import utc
from rollcall.views.blocks import actions, button, confirmation, context, header, paragraphs, section
from rollcall.views.message import compose
from rollcall.views.pager import pager, position
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Member
    from rollcall.invitations import Invitation
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Names
    from rollcall.views.wording import Wording

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

_REFUSED: Final = {
    Refusal.UNKNOWN: "There is no invitation with this code. Look at it once more: it has 16 characters behind J-.",
    Refusal.USED: "This code has been used already; each lets one person in.",
    Refusal.EXPIRED: "This code has expired: each is good for {days} days.",
    Refusal.REVOKED: "This code is not good any more: whoever gave it to you took it back, or may not invite now.",
}


def made(
    invitation: Invitation,
    secret: str,
    *,
    inviter: str,
    install: str = "",
    foot: Sequence[Block] = (),
    command: str,
    say: Wording = ENGLISH,
) -> Message:
    """The code, this once, and how to hand it on.

    Args:
        invitation: what it is good for.
        secret: the code.
        inviter: name of the company that invites; empty for an operator.
        install: where Rollcall is installed in a workspace; empty if that is not known.
        foot: the account line.
        command: the real name of the slash command.
        say: in the reader's language.
    """
    whom = f"*{plain(invitation.company)}* ({say(invitation.kind)})" if invitation.company else say("one person")
    link = [
        say(
            "or by this link, whether or not their workspace has Rollcall: {link}",
            link=code(f"{install}?join={secret}", 300),
        )
    ]
    send = say("Send the line or the link to them.") if install else say("Send this line to them.")
    lines = [
        say("Invitation for {whom}{role}:", whom=whom, role=_as(invitation, say=say)),
        command_line(command, f"join {secret}"),
        *(link if install else []),
        say(
            "{send} The code works once, until {until}; it is shown only here.",
            send=send,
            until=say.date(_until(invitation)),
        ),
    ]
    if invitation.kind is not Invited.PERSON:
        lines.append(say("Whoever uses it becomes the first admin, and invites the others."))
    if invitation.reseller and inviter:
        lines.append(say("From then on {inviter} can upload to them.", inviter=plain(inviter)))
    return compose("\n".join(lines), [header(say("Invitation")), *paragraphs(lines)], foot, say=say)


def _as(invitation: Invitation, say: Wording = ENGLISH) -> str:
    return " " + say("as {role}", role=say(invitation.role)) if invitation.kind is Invited.PERSON else ""


def _until(invitation: Invitation) -> str:
    return utc(datetime.fromtimestamp(invitation.until, UTC))


def refused(
    refusal: Refusal, identity: Sequence[str] = (), *, command: str = COMMAND, say: Wording = ENGLISH
) -> Message:
    """Why a code lets nobody in. It says nothing of whom it was for.

    Args:
        refusal: why.
        identity: what a stranger is told of themselves, and how to join.
        command: the real name of the slash command.
        say: in the reader's language.
    """
    lines = [say(_REFUSED[refusal], days=DAYS)]
    if not identity:
        lines.append(
            say(
                "Ask whoever gave it to you for a new one. {command} says where you belong.",
                command=command_line(command, "me"),
            )
        )
    return compose("\n".join([*lines, *identity]), [section("\n".join(lines)), *paragraphs(identity)], say=say)


def problem(refusal: Refusal, say: Wording = ENGLISH) -> str:
    """Why a code lets nobody in, for the field that it was typed in; plain text."""
    return say(_REFUSED[refusal], days=DAYS)


def used_by_you(command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """Somebody shows a code for the second time."""
    text = say(
        "You have used this code already. {command} says where you belong since.", command=command_line(command, "me")
    )
    return compose(text, [section(text)], say=say)


def joined(
    member: Member, company: str, *, several: bool, linked: str = "", command: str = COMMAND, say: Wording = ENGLISH
) -> Message:
    """Somebody is in.

    Args:
        member: their place.
        company: its name.
        several: they have other places, too.
        linked: name of the reseller that can upload to the company from now on; empty for none.
        command: the real name of the slash command.
        say: in the reader's language.
    """
    side = say("reseller") if member.account.startswith("RSL-") else say("customer")
    lines = [
        say(
            "Welcome. You are {role} of {company} ({side}, {account}) now.",
            role=say(member.role),
            company=bold(plain(company)),
            side=side,
            account=code(member.account),
        )
    ]
    if linked:
        lines = [
            say(
                "{linked} can upload devices for {company} ({account}) now.",
                linked=bold(plain(linked)),
                company=bold(plain(company)),
                account=code(member.account),
            )
        ]
        lines.append(say("When the first devices come, you are asked whether to register it."))
    if several:
        name = code(f"as:{member.account}")
        lines.append(say("You belong to several companies: {name} behind a command names this one.", name=name))
    buttons: list[Element] = []
    if member.role == "admin":
        lines.append(say("Next: name a channel, and invite your colleagues."))
        buttons.append(button(say("Set up"), "setup.page", {"q": f"setup as:{member.account}"}, style="primary"))
    lines.append(say("{command} says what you can ask for.", command=command_line(command, "help")))
    foot = [context(f"{plain(company)} · {side}")]
    return compose("\n".join(lines), [section("\n".join(lines)), *actions(buttons)], foot, say=say)


def already(member: Member | None, company: str, *, linked: bool = False, say: Wording = ENGLISH) -> Message:
    """What the code brings is there already, so it was not used."""
    told = "{company} has you as a member already."
    if linked:
        told = "{company} is linked with that reseller already."
    elif member:
        told = "{company} has you as a member already, as {role}."
    what = say(told, company=bold(plain(company)), role=say(member.role) if member else "")
    text = f"{what} {say('The code was not used; it is still good for somebody else.')}"
    return compose(text, [section(text)], say=say)


def which_company(
    invitation: Invitation, reseller: str, places: Sequence[Member], names: Names, say: Wording = ENGLISH
) -> Message:
    """Asks an admin of a customer whether a reseller that invited is to upload to it, or to a new company.

    Args:
        invitation: held for them.
        reseller: name of the reseller.
        places: the customers that they are admin of.
        names: of those.
        say: in the reader's language.
    """
    asked = say(
        "{reseller} invites a customer, and you are an admin of one already. Which shall it be?",
        reseller=bold(plain(reseller)),
    )
    rows = [
        section(
            f"{bold(plain(names.get(place.account) or place.account))} {code(place.account)}",
            button(say("Link with it"), f"{LINK}.{number}", {"id": invitation.id, "a": place.account}),
        )
        for number, place in enumerate(places[:5])
    ]
    new = section(
        say("A new company: {company}", company=bold(plain(invitation.company))),
        button(say("Make it"), f"{LINK}.new", {"id": invitation.id, "a": ""}),
    )
    return compose(asked, [section(asked), *rows, new], say=say)


def personal(invitation: Invitation, inviter: str, company: str, say: Wording = ENGLISH) -> Message:
    """To somebody who was invited in person, with the button that lets them, and nobody else, in."""
    text = say(
        "{inviter} invites you to {company} in Rollcall, as {role}. The invitation is good until {until}.",
        inviter=plain(inviter),
        company=bold(plain(company)),
        role=say(invitation.role),
        until=say.date(_until(invitation)),
    )
    accept = button(
        say("Join"), ACCEPT, {"id": invitation.id}, style="primary", label=say("Join {company}", company=company)
    )
    return compose(text, [section(text), *actions([accept])], say=say)


def not_yours(command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """A button of an invitation that is meant for somebody else, or for nobody."""
    text = say(
        "This invitation is not for you, or not any more. {command} says where you belong.",
        command=command_line(command, "me"),
    )
    return compose(text, [section(text)], say=say)


def told(name: str, company: str, account: str, role: str, *, new: bool, say: Wording = ENGLISH) -> Message:
    """To whoever invited: somebody joined by it."""
    what = (
        say(
            "{name} brought in {company} ({account}) and is its admin.",
            name=plain(name),
            company=bold(plain(company)),
            account=code(account),
        )
        if new
        else say("{name} joined {company} as {role}.", name=plain(name), company=bold(plain(company)), role=say(role))
    )
    text = say("{what} Your invitation has been used.", what=what)
    return compose(text, [section(text)], say=say)


def elsewhere(word: str, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """A word that changes something was typed into the bot's messages, which Slack may deliver twice."""
    example = {"join": "join &lt;code&gt;", "invite": 'invite customer "Northwind Logistics"'}.get(word, word)
    text = say("Type it as a command, with its slash: {command}.", command=command_line(command, example))
    buttons = [button(say("I have a code"), JOIN, {})] if word == "join" else []
    return compose(text, [section(text), *actions(buttons)], say=say)


def who_invites(kind: str, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """Somebody asked to invite a company who may not."""
    text = (
        say("Only those who run Rollcall invite resellers.")
        if kind == "reseller"
        else say("Only a reseller's admins, and those who run Rollcall, invite customers.")
    )
    text += " " + say("{command} is for inviting colleagues.", command=command_line(command, "setup members"))
    return compose(text, [section(text)], say=say)


def bad_invite(problem: str, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """An invitation that cannot be made as it was typed."""
    example = 'invite customer "Northwind Logistics"'
    text = say("{problem} This works: {command}", problem=problem, command=command_line(command, example))
    return compose(text, [section(text)], say=say)


def operators_list(page: Page[Invitation], question: str, *, now: float, said: str = "") -> Message:
    """The open invitations of those who run Rollcall, each with the way to take it back.

    Args:
        page: the newest first.
        question: the command in canonical form, for the buttons that turn the page.
        now: epoch seconds.
        said: what became of a click, as mrkdwn; empty for none.
    """
    headline = f"Open invitations: {position(page)}"
    rows = [section(line(one, now=now), _take_back(one)) for one in page.items]
    invite = button("Invite a company", INVITE_COMPANY, {}, style="primary")
    above = [section(said)] if said else []
    return compose(
        "\n".join(filter(None, [said, headline])),
        [*above, header(headline), *rows],
        [*pager(page, question), *actions([invite])],
    )


def _take_back(invitation: Invitation) -> Element:
    sure = confirmation("Take it back?", "Its code lets nobody in any more.", confirm="Take back", deny="Keep it")
    label = f"Take the invitation of {invitation.company} back"
    return {**button("Take back", REVOKE, {"id": invitation.id}, label=label), "confirm": sure}


def line(invitation: Invitation, *, now: float, say: Wording = ENGLISH) -> str:
    """An open invitation in a list: what for, until when; never its code."""
    named = invitation.company or invitation.note
    whom = plain(named) if named else say("somebody")
    left = max(int(invitation.until - now) // 86_400, 0)
    return say(
        "Invitation for {whom} as {role} · {more}, until {until}",
        whom=whom,
        role=say(invitation.role),
        more=say.count(left, "more day"),
        until=say.date(_until(invitation)),
    )
