"""Lists of setup: people with open invitations, sold-to codes, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import confirmation, context, header, section
from rollcall.views.invitations import INVITE_COMPANY
from rollcall.views.invitations import line as invitation_line
from rollcall.views.message import compose
from rollcall.views.pager import position
from rollcall.views.setup import CODE, CODE_REMOVE, INVITE, MEMBER, REFERENCE, REVOKE, back, opens, turns
from rollcall.views.text import bold, code, count, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Link, Member, SoldToCode
    from rollcall.invitations import Invitation
    from rollcall.queries import Page
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

_MOST_INVITATIONS: Final = 5


def members(
    page: Page[Member], invitations: Sequence[Invitation], reader: Reader, *, now: float, command_text: str
) -> Message:
    """People and roles, then who is invited and has not come yet.

    Args:
        page: members by name.
        invitations: open ones of this account; shown on the first page.
        reader: an admin.
        now: epoch seconds.
        command_text: the page's own command, for the buttons that turn it.
    """
    rows = [section(_member(member, reader), _change_member(member, reader)) for member in page.items]
    if page.before is None:
        rows += [
            section(invitation_line(one, now=now), _revoke(one, reader)) for one in invitations[:_MOST_INVITATIONS]
        ]
        if len(invitations) > _MOST_INVITATIONS:
            rows.append(context(f"And {count(len(invitations) - _MOST_INVITATIONS, 'more open invitation')}."))
    invite = opens("Invite a person", INVITE, reader, style="primary")
    headline = f"People: {position(page)}"
    return compose(
        headline, [header(headline), *rows], [*turns(page, command_text), *back(reader, invite), reader.account_line()]
    )


def _member(member: Member, reader: Reader) -> str:
    you = " (you)" if member.person == reader.acting.member.person else ""
    email = f" · {code(member.email)}" if member.email else ""
    return (
        f"{bold(plain(member.name))}{you} · {member.role}{email}\nuser {code(member.user)} of team {code(member.team)}"
    )


def _change_member(member: Member, reader: Reader) -> Element:
    return opens("Change", MEMBER, reader, label=f"Change {member.name}", p=member.person.key, r=member.role.value)


def _revoke(invitation: Invitation, reader: Reader) -> Element:
    return {
        **opens("Take back", REVOKE, reader, label="Take the invitation back", id=invitation.id),
        "confirm": confirmation(
            "Take it back?", "Its code lets nobody in any more.", confirm="Take back", deny="Keep it"
        ),
    }


def codes(listed: Sequence[SoldToCode], reader: Reader) -> Message:
    """A reseller's sold-to codes."""
    rows = [
        section(
            f"{bold(plain(one.alias))} · {code(one.code)}",
            {
                **opens("Remove", CODE_REMOVE, reader, label=f"Remove {one.alias}", alias=one.alias),
                "confirm": confirmation(
                    f"Remove {one.alias}?",
                    "Uploads can no longer name it. What was uploaded with it keeps its code.",
                    confirm="Remove",
                ),
            },
        )
        for one in listed[:40]
    ]
    if not rows:
        rows = [section("No sold-to codes yet. Enterprise Edition devices need one when they are uploaded.")]
    headline = f"Sold-to codes: {len(listed)}"
    add = opens("Add a code", CODE, reader, style="primary")
    return compose(headline, [header(headline), *rows], [*back(reader, add), reader.account_line()])


def references(page: Page[Link], reader: Reader, command_text: str) -> Message:
    """A reseller's customers with its own reference for each (row P1)."""
    rows = [
        section(
            f"{bold(reader.company(link.customer))} {code(link.customer)}\n"
            f"your reference: {code(link.internal_reference) if link.internal_reference else 'none'}",
            opens("Change", REFERENCE, reader, label=f"Change reference of {link.customer}", c=link.customer),
        )
        for link in page.items
    ]
    headline = f"References: {position(page)}"
    if not rows:
        rows = [section("No customers yet. Invite one; it is here as soon as somebody there has used the code.")]
    invite = opens("Invite a customer", INVITE_COMPANY, reader)
    return compose(
        headline, [header(headline), *rows], [*turns(page, command_text), *back(reader, invite), reader.account_line()]
    )
