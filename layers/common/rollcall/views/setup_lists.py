"""Lists of setup: people with open invitations, sold-to codes, references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.invitations import Invitation
from rollcall.views.blocks import confirmation, header, section
from rollcall.views.invitations import INVITE_COMPANY
from rollcall.views.invitations import line as invitation_line
from rollcall.views.message import compose
from rollcall.views.pager import position
from rollcall.views.setup import CODE, CODE_REMOVE, INVITE, MEMBER, REFERENCE, REVOKE, back, opens, turns
from rollcall.views.text import bold, code, plain

if TYPE_CHECKING:
    from rollcall.accounts import Link, Member, SoldToCode
    from rollcall.queries import Page
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


def members(page: Page[Member | Invitation], people: int, reader: Reader, *, now: float, command_text: str) -> Message:
    """People and roles, then who is invited and has not come yet.

    Args:
        page: members by name, then open invitations, the newest first.
        people: how many members there are.
        reader: an admin.
        now: epoch seconds.
        command_text: the page's own command, for the buttons that turn it.
    """
    say = reader.say
    rows = [
        section(invitation_line(one, now=now, say=say), _revoke(one, reader))
        if isinstance(one, Invitation)
        else section(_member(one, reader), _change_member(one, reader))
        for one in page.items
    ]
    invite = opens(say("Invite a person"), INVITE, reader, style="primary")
    headline = say("People: {position}", position=position(page, say=say))
    invited = (page.total or people) - people
    if invited > 0:
        both = "People: {people}, open invitations: {invited} ({position})"
        headline = say(both, people=say.count(people), invited=say.count(invited), position=position(page, say=say))
    return compose(
        headline,
        [header(headline), *rows],
        [*turns(page, command_text, say=say), *back(reader, invite), reader.account_line()],
        say=say,
    )


def _member(member: Member, reader: Reader) -> str:
    say = reader.say
    you = " " + say("(you)") if member.person == reader.acting.member.person else ""
    email = f" · {code(member.email)}" if member.email else ""
    return say(
        "{name}{you} · {role}{email}\nuser {user} of team {team}",
        name=bold(plain(member.name)),
        you=you,
        role=say(member.role),
        email=email,
        user=code(member.user),
        team=code(member.team),
    )


def _change_member(member: Member, reader: Reader) -> Element:
    say = reader.say
    return opens(
        say("Change"),
        MEMBER,
        reader,
        label=say("Change {name}", name=member.name),
        p=member.person.key,
        r=member.role.value,
    )


def _revoke(invitation: Invitation, reader: Reader) -> Element:
    say = reader.say
    return {
        **opens(say("Take back"), REVOKE, reader, label=say("Take the invitation back"), id=invitation.id),
        "confirm": confirmation(
            say("Take it back?"),
            say("Its code lets nobody in any more."),
            confirm=say("Take back"),
            deny=say("Keep it"),
            say=say,
        ),
    }


def codes(page: Page[SoldToCode], reader: Reader, command_text: str) -> Message:
    """A reseller's sold-to codes."""
    say = reader.say
    rows = [
        section(
            f"{bold(plain(one.alias))} · {code(one.code)}",
            {
                **opens(
                    say("Remove"), CODE_REMOVE, reader, label=say("Remove {alias}", alias=one.alias), alias=one.alias
                ),
                "confirm": confirmation(
                    say("Remove {alias}?", alias=one.alias),
                    say("Uploads can no longer name it. What was uploaded with it keeps its code."),
                    confirm=say("Remove"),
                    say=say,
                ),
            },
        )
        for one in page.items
    ]
    if not rows:
        rows = [section(say("No sold-to codes yet. Enterprise Edition devices need one when they are uploaded."))]
    headline = say("Sold-to codes: {position}", position=position(page, say=say))
    add = opens(say("Add a code"), CODE, reader, style="primary")
    foot = [*turns(page, command_text, say=say), *back(reader, add), reader.account_line()]
    return compose(headline, [header(headline), *rows], foot, say=say)


def references(page: Page[Link], reader: Reader, command_text: str) -> Message:
    """A reseller's customers with its own reference for each (row P1)."""
    say = reader.say
    rows = [
        section(
            f"{bold(reader.company(link.customer))} {code(link.customer)}\n"
            + say(
                "your reference: {reference}",
                reference=code(link.internal_reference) if link.internal_reference else say("none"),
            ),
            opens(
                say("Change"),
                REFERENCE,
                reader,
                label=say("Change reference of {customer}", customer=link.customer),
                c=link.customer,
            ),
        )
        for link in page.items
    ]
    headline = say("References: {position}", position=position(page, say=say))
    if not rows:
        rows = [section(say("No customers yet. Invite one; it is here as soon as somebody there has used the code."))]
    invite = opens(say("Invite a customer"), INVITE_COMPANY, reader)
    return compose(
        headline,
        [header(headline), *rows],
        [*turns(page, command_text, say=say), *back(reader, invite), reader.account_line()],
        say=say,
    )
