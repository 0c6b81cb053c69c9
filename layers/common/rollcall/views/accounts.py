"""Companies and people: a reseller's customers, who somebody is here, and for whom they act (row P1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, acts_of, allows
from rollcall.views.blocks import actions, button, context, header, paragraphs, section
from rollcall.views.invitations import JOIN
from rollcall.views.message import compose
from rollcall.views.pager import pager, position
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, count, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Link, Member, Operator
    from rollcall.acting import Stranger, Undecided
    from rollcall.queries import Page
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Names, Reader

OPEN: Final = "customers.open"
CHOOSE: Final = "accounts.choose"
#: Characters of a question that a button carries along with an account.
_CARRIED: Final = 1_500
_INVITE: Final = 'invite customer "Northwind Logistics"'
#: Characters of a sentence with names in it.
_SAID: Final = 400


def customers(page: Page[Link], question: str, reader: Reader, *, cursor: str = "") -> Message:
    """A reseller's customers: company name, its own reference for each, customer id (row P1).

    Args:
        page: links of the reseller; ten read well.
        question: its command in canonical form.
        reader: somebody of the reseller; its names hold the customers'.
        cursor: the cursor that led here.
    """
    foot = [*pager(page, question, cursor=cursor), reader.account_line()]
    if not page.items:
        empty = "No customers yet. A customer appears here when an operator or the customer links it to your company."
        if allows(reader.acting.member.role, Act.INVITE_CUSTOMERS):
            empty += f" You can bring one in: {reader.usage(_INVITE)}"
        return compose(empty, [section(empty)], foot)
    headline = f"Customers: {position(page)}"
    rows = [section(_customer(link, reader), _open(link)) for link in page.items]
    text = "\n".join([headline, *(f"{reader.company(link.customer)} {code(link.customer)}" for link in page.items)])
    return compose(text, [header(headline), *rows], foot)


def only_resellers(reader: Reader) -> Message:
    """What a customer is told who asks for customers."""
    text = f"Only resellers have a list of customers. {reader.usage('uploads')} shows what was uploaded for you."
    return compose(text, [section(text)], [reader.account_line()])


def me(reader: Reader, memberships: Sequence[Member] = (), *, operator: Operator | None = None) -> Message:
    """Who somebody is here, what they may do, and for whom else they could act.

    Args:
        reader: who asks, and for which account they act now.
        memberships: all their places, the present one included.
        operator: set if they run Rollcall, too.
    """
    member = reader.acting.member
    who = (
        f"You are {bold(plain(member.name))}, {member.role.value} of {bold(plain(reader.acting.company))} "
        f"({'reseller' if reader.is_reseller else 'customer'}, {code(member.account)})."
    )
    may = f"You may: {', '.join(sorted(act.value for act in acts_of(member.role)))}."
    lines = [who, may]
    if operator:
        lines.append("You are an operator of Rollcall as well.")
    others = [other for other in memberships if other.account != member.account]
    if others:
        places = ", ".join(f"{reader.company_with_id(other.account)} as {other.role.value}" for other in others)
        lines.append(
            f"You also belong to {places}. Add {code(f'as:{others[0].account}')} to any command to act for it."
        )
    lines.append(f"In Slack you are user {code(member.user)} of team {code(member.team)}.")
    return compose("\n".join(lines), [header("You"), *paragraphs(lines)], [reader.account_line()])


def operator_me(operator: Operator, command: str = COMMAND) -> Message:
    """The same for an operator who belongs to no company."""
    may = ", ".join(sorted(act.value for act in acts_of(operator.role)))
    lines = [
        f"You are {bold(plain(operator.name))}, an operator of Rollcall. You belong to no company.",
        f"You may: {may}.",
        f"{command_line(command, 'help')} says what you can ask for.",
        f"In Slack you are user {code(operator.user)} of team {code(operator.team)}.",
    ]
    return compose("\n".join(lines), [header("You"), *paragraphs(lines)])


def choose(undecided: Undecided, question: str, names: Names, *, command: str = COMMAND) -> Message:
    """Asks a member of several companies for which one they act.

    Args:
        undecided: the places to choose from.
        question: the command that waits for the answer, in canonical form; each button carries it with the account.
        names: of the companies.
        command: the real name of the slash command.
    """
    members = undecided.memberships
    say = (
        f"You belong to {count(len(members), 'company', 'companies')}. "
        f"For which one do you ask {command_line(command, question)}?"
    )
    later = f"Your choice is remembered; {code('as:' + members[0].account)} in a command names a company just for once."
    rows = [f"{plain(names.get(m.account) or m.account)} {code(m.account)} as {m.role.value}" for m in members]
    body = [section(say)]
    for member, row in zip(members, rows, strict=True):
        choice = button("Choose", CHOOSE, _choice(question, member.account), label=f"Act for {member.account}")
        body.append(section(row, choice))
    return compose("\n".join([say, *rows, later]), body, [context(later)])


def stranger(who: Stranger, names: Names | None = None, *, command: str = COMMAND) -> Message:
    """Somebody who belongs to no company here, or not to the one they named."""
    if who.memberships:
        own = [f"{plain((names or {}).get(m.account) or m.account)} {code('as:' + m.account)}" for m in who.memberships]
        lines = [f"You are not a member of {code(who.named)}. You can act for:", *own]
        return compose("\n".join(lines), paragraphs(lines))
    lines = stranger_lines(who, command=command)
    return compose("\n".join(lines), [header("Not a member yet"), *paragraphs(lines)], actions([join_button()]))


def join_button() -> Element:
    """Asks a stranger for the code that they were given."""
    return button("I have a code", JOIN, {})


def stranger_lines(who: Stranger, *, command: str = COMMAND) -> list[str]:
    """What a stranger needs to get in, as mrkdwn."""
    return [
        "Rollcall does not know you yet, so there is nothing it can show you.",
        f"You are user {bold(code(who.person.user))} of team {bold(code(who.person.team))}.",
        f"To join: type {command_line(command, 'join &lt;code&gt;')} with the code that you were given.",
        "Without a code: send both ids to an admin of your company in Rollcall, or to whoever runs Rollcall for you.",
        f"{command_line(command, 'help')} says what members can ask for.",
    ]


def said(text: str, reader: Reader | None = None) -> Message:
    """A sentence in which names may stand that somebody wrote."""
    shown = plain(text, _SAID)
    return compose(shown, [section(shown)], [reader.account_line()] if reader else [])


def _customer(link: Link, reader: Reader) -> str:
    parts = [bold(reader.company(link.customer)), code(link.customer)]
    if link.internal_reference:
        parts.append(f"your reference {code(link.internal_reference)}")
    if link.via_msp:
        parts.append("through its MSP id")
    parts.append(
        "does not accept uploads from you"
        if link.is_blocked
        else "has registered you"
        if link.is_registered
        else "has not registered you yet"
    )
    return " · ".join(parts)


def _open(link: Link) -> Element:
    return button("Open", OPEN, {"id": link.customer}, label=f"Open devices of {link.customer}")


def _choice(question: str, account: str) -> dict[str, object]:
    """The value of a button; without a question that is too long to be carried, which is then asked again."""
    whole: dict[str, object] = {"q": question, "id": account}
    return whole if len(question) <= _CARRIED else {"q": "", "id": account}
