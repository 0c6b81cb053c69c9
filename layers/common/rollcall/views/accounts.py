"""Companies and people: a reseller's customers, who somebody is here, and for whom they act (row P1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, acts_of, allows
from rollcall.views.blocks import actions, button, context, header, paragraphs, section
from rollcall.views.invitations import JOIN
from rollcall.views.message import compose
from rollcall.views.pager import pager, position, sent_to_dm
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.account_errors import AccountsError
    from rollcall.accounts import Link, Member, Operator
    from rollcall.acting import Stranger, Undecided
    from rollcall.queries import Page
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Names, Reader
    from rollcall.views.wording import Wording

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
    say = reader.say
    foot = [*pager(page, question, cursor=cursor, say=say), reader.account_line()]
    if not page.items:
        empty = say(
            "No customers yet. A customer appears here when an operator or the customer links it to your company."
        )
        if allows(reader.acting.member.role, Act.INVITE_CUSTOMERS):
            empty += " " + say("You can bring one in: {command}", command=reader.usage(_INVITE))
        return compose(empty, [section(empty)], foot, say=say)
    headline = say("Customers: {position}", position=position(page, say=say))
    rows = [section(_customer(link, reader), _open(link, say=say)) for link in page.items]
    text = "\n".join([headline, *(f"{reader.company(link.customer)} {code(link.customer)}" for link in page.items)])
    return compose(text, [header(headline), *rows], foot, say=say)


def only_resellers(reader: Reader) -> Message:
    """What a customer is told who asks for customers."""
    say = reader.say
    text = say(
        "Only resellers have a list of customers. {command} shows what was uploaded for you.",
        command=reader.usage("uploads"),
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def me(reader: Reader, memberships: Sequence[Member] = (), *, operator: Operator | None = None) -> Message:
    """Who somebody is here, what they may do, and for whom else they could act.

    Args:
        reader: who asks, and for which account they act now.
        memberships: all their places, the present one included.
        operator: set if they run Rollcall, too.
    """
    say = reader.say
    member = reader.acting.member
    who = say(
        "You are {name}, {role} of {company} ({side}, {account}).",
        name=bold(plain(member.name)),
        role=say(member.role.value),
        company=bold(plain(reader.acting.company)),
        side=say("reseller") if reader.is_reseller else say("customer"),
        account=code(member.account),
    )
    may = say("You may: {acts}.", acts=", ".join(sorted(say(act.value) for act in acts_of(member.role))))
    lines = [who, may]
    if operator:
        lines.append(say("You are an operator of Rollcall as well."))
    others = [other for other in memberships if other.account != member.account]
    if others:
        places = ", ".join(
            say("{company} as {role}", company=reader.company_with_id(other.account), role=say(other.role.value))
            for other in others
        )
        lines.append(
            say(
                "You also belong to {places}. Add {named} to any command to act for it.",
                places=places,
                named=code(f"as:{others[0].account}"),
            )
        )
    lines.append(say("In Slack you are user {user} of team {team}.", user=code(member.user), team=code(member.team)))
    foot = [*actions(sent_to_dm("", "me", reader)), reader.account_line()]
    return compose("\n".join(lines), [header(say("You")), *paragraphs(lines)], foot, say=say)


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


def choose(
    undecided: Undecided, question: str, names: Names, *, command: str = COMMAND, say: Wording = ENGLISH
) -> Message:
    """Asks a member of several companies for which one they act.

    Args:
        undecided: the places to choose from.
        question: the command that waits for the answer, in canonical form; each button carries it with the account.
        names: of the companies.
        command: the real name of the slash command.
        say: in the reader's language.
    """
    members = undecided.memberships
    asked = say(
        "You belong to {companies}. For which one do you ask {command}?",
        companies=say.count(len(members), "company", "companies"),
        command=command_line(command, question),
    )
    later = say(
        "Your choice is remembered; {named} in a command names a company just for once.",
        named=code(f"as:{members[0].account}"),
    )
    rows = [
        say(
            "{company} {account} as {role}",
            company=plain(names.get(m.account) or m.account),
            account=code(m.account),
            role=say(m.role.value),
        )
        for m in members
    ]
    body = [section(asked)]
    for member, row in zip(members, rows, strict=True):
        choice = button(
            say("Choose"),
            CHOOSE,
            _choice(question, member.account),
            label=say("Act for {account}", account=member.account),
        )
        body.append(section(row, choice))
    return compose("\n".join([asked, *rows, later]), body, [context(later)], say=say)


def stranger(who: Stranger, names: Names | None = None, *, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """Somebody who belongs to no company here, or not to the one they named."""
    if who.memberships:
        own = [f"{plain((names or {}).get(m.account) or m.account)} {code('as:' + m.account)}" for m in who.memberships]
        lines = [say("You are not a member of {named}. You can act for:", named=code(who.named)), *own]
        return compose("\n".join(lines), paragraphs(lines), say=say)
    lines = stranger_lines(who, command=command, say=say)
    return compose(
        "\n".join(lines),
        [header(say("Not a member yet")), *paragraphs(lines)],
        actions([join_button(say=say)]),
        say=say,
    )


def join_button(say: Wording = ENGLISH) -> Element:
    """Asks a stranger for the code that they were given."""
    return button(say("I have a code"), JOIN, {})


def stranger_lines(who: Stranger, *, command: str = COMMAND, say: Wording = ENGLISH) -> list[str]:
    """What a stranger needs to get in, as mrkdwn."""
    return [
        say("Rollcall does not know you yet, so there is nothing it can show you."),
        say("You are user {user} of team {team}.", user=bold(code(who.person.user)), team=bold(code(who.person.team))),
        say(
            "To join: type {command} with the code that you were given.",
            command=command_line(command, "join &lt;code&gt;"),
        ),
        say(
            "Without a code: send both ids to an admin of your company in Rollcall, or to whoever runs "
            "Rollcall for you."
        ),
        say("{command} says what members can ask for.", command=command_line(command, "help")),
    ]


def problem(error: AccountsError, say: Wording) -> str:
    """What went wrong with an account; plain text, in which names may stand that somebody wrote."""
    return say(error.text, **{**error.parts, "what": say(error.what, **error.parts)})


def said(text: str, reader: Reader | None = None, say: Wording = ENGLISH) -> Message:
    """A sentence in which names may stand that somebody wrote."""
    shown = plain(text, _SAID)
    return compose(
        shown, [section(shown)], [reader.account_line()] if reader else [], say=reader.say if reader else say
    )


def _customer(link: Link, reader: Reader) -> str:
    say = reader.say
    parts = [bold(reader.company(link.customer)), code(link.customer)]
    if link.internal_reference:
        parts.append(say("your reference {reference}", reference=code(link.internal_reference)))
    if link.via_msp:
        parts.append(say("through its MSP id"))
    parts.append(
        say("does not accept uploads from you")
        if link.is_blocked
        else say("has registered you")
        if link.is_registered
        else say("has not registered you yet")
    )
    return " · ".join(parts)


def _open(link: Link, say: Wording = ENGLISH) -> Element:
    return button(
        say("Open"), OPEN, {"id": link.customer}, label=say("Open devices of {customer}", customer=link.customer)
    )


def _choice(question: str, account: str) -> dict[str, object]:
    """The value of a button; without a question that is too long to be carried, which is then asked again."""
    whole: dict[str, object] = {"q": question, "id": account}
    return whole if len(question) <= _CARRIED else {"q": "", "id": account}
