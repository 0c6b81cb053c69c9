"""What admins see of their account: people, channel, codes, references, rules, keys, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rollcall.accounts import Customer
from rollcall.commands import Command, render
from rollcall.languages import NAMES
from rollcall.permissions import Act, allows, is_attended
from rollcall.views.blocks import actions, button, header, section
from rollcall.views.invitations import INVITE_COMPANY
from rollcall.views.message import compose
from rollcall.views.pager import NEXT, PREVIOUS
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Link, Member, Reseller
    from rollcall.queries import Page
    from rollcall.reminders import Reminding
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Leads to a page; what follows the name tells buttons of one row apart.
PAGE: Final = "setup.page"
#: A button that opens a form, and the form.
MEMBER, INVITE, CHANNEL = "setup.member", "setup.invite", "setup.channel"
CODE, REFERENCE, RULES, KEY = "setup.code", "setup.reference", "setup.rules", "setup.key"
REMINDERS, HOURS, LANGUAGE = "setup.reminders", "setup.hours", "setup.language"
#: Buttons that act at once.
REMOVE, REVOKE = "setup.remove", "setup.revoke"
CODE_REMOVE, KEY_REVOKE = "setup.code_remove", "setup.key_revoke"
#: What may follow ``setup``.
SECTIONS: Final = ("members", "channel", "codes", "references", "rules", "reminders", "hours", "language", "history")
#: Other words for a page; the first page has all settings, and the links of a customer.
_SPELLINGS: Final = {
    "channels": "channel",
    "code": "codes",
    "links": "references",
    "people": "members",
    "reference": "references",
    "settings": "",
    "sold-to": "codes",
    "sold-to code": "codes",
    "sold-to codes": "codes",
    "sold to codes": "codes",
    "stc": "codes",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page tells of an account.

    Attributes:
        company: the account.
        members: its people.
        links: with whom it is linked.
        keys: how many API keys it has.
        undo: how long a decision can be undone, in words; of a customer.
        resellers_page: whether there is a page of registered resellers.
    """

    company: Reseller | Customer
    members: Sequence[Member]
    links: Sequence[Link] = field(default=())
    keys: int = 0
    undo: str = ""
    resellers_page: bool = False


def section_of(asked: str, reader: Reader) -> str:
    """The page that a text names, in any spelling; the text itself where it names none. Empty is the first page."""
    name = " ".join(asked.casefold().split())
    if name == "links" and not reader.is_reseller:
        return ""
    return _SPELLINGS.get(name, name)


def question(section_name: str, reader: Reader, *, area: str = "", word: str = "setup") -> str:
    """The command that leads to a page of the account that somebody acts for now."""
    texts = (section_name,) if section_name else ()
    return render(Command(area, word, texts=texts, as_account=reader.acting.account))


def admin_buttons(reader: Reader) -> list[Element]:
    """The buttons by which an admin comes here from App Home; none for others."""
    say = reader.say
    if not allows(reader.acting.member.role, Act.MANAGE_ACCOUNT):
        return []
    return [
        leads(say("Set up"), question("", reader), named="setup", label=say("Set up your account")),
        leads(say("People"), question("members", reader), named="members"),
        leads(say("API keys"), question("", reader, word="keys"), named="keys"),
    ]


def leads(text: str, to: str, *, named: str, label: str = "", style: str = "") -> Element:
    """A button that leads to a page; ``named`` tells it from others of its row."""
    return button(text, f"{PAGE}.{named}", {"q": to}, label=label, style=style)


def opens(text: str, action_id: str, reader: Reader, *, label: str = "", style: str = "", **more: str) -> Element:
    """A button that opens a form or acts, for the account of the page."""
    return button(text, action_id, {"a": reader.acting.account, **more}, label=label, style=style)


def overview(about: Overview, reader: Reader) -> Message:
    """The first page."""
    say = reader.say
    admins = sum(member.role == "admin" for member in about.members)
    people = f"{bold(say('People'))}: {say.count(len(about.members), 'member')}, {say.count(admins, 'admin')}"
    if not is_attended(member.role for member in about.members):
        people += "\n" + (
            say(":warning: Nobody here may upload.")
            if reader.is_reseller
            else say(":warning: Nobody here may accept devices.")
        )
    rows = [
        section(people, leads(say("Open"), question("members", reader), named="members", label=say("Open people"))),
        _channel_row(about.company, reader),
        hours_row(about.company, reader),
        language_row(about.company, reader),
        *(_reseller_rows(about, reader) if reader.is_reseller else _customer_rows(about, reader)),
        section(
            f"{bold(say('API keys'))}: {about.keys or say('none')}",
            leads(say("Open"), question("", reader, word="keys"), named="keys", label=say("Open API keys")),
        ),
        section(
            say("{changes}: who changed what, and when", changes=bold(say("Changes"))),
            leads(say("Open"), question("history", reader), named="history", label=say("Open changes")),
        ),
    ]
    title = say("Setup of {name}", name=about.company.name)
    return compose(
        say("Setup of {name}", name=plain(about.company.name)),
        [header(title), *rows],
        [reader.account_line()],
        say=say,
    )


def _channel_row(company: Reseller | Customer, reader: Reader) -> Block:
    say = reader.say
    return section(
        f"{bold(say('Channel'))}: {_channel(company, reader)}",
        opens(say("Change"), CHANNEL, reader, label=say("Change channel")),
    )


def _channel(company: Reseller | Customer, reader: Reader) -> str:
    say = reader.say
    target = company.notify
    if target is None:
        return say("none, so your admins are told in person")
    if target.team == reader.acting.member.team:
        return f"<#{target.channel}>"
    return say("{channel} in workspace {team}", channel=code(target.channel), team=code(target.team))


def _reseller_rows(about: Overview, reader: Reader) -> list[Block]:
    say = reader.say
    codes = about.company.sold_to_codes if hasattr(about.company, "sold_to_codes") else ()
    return [
        section(
            f"{bold(say('Sold-to codes'))}: {len(codes) or say('none')}",
            leads(say("Open"), question("codes", reader), named="codes", label=say("Open sold-to codes")),
        ),
        section(
            say(
                "{head}: {customers}, each with your own reference",
                head=bold(say("Customers")),
                customers=say.count(len(about.links), "customer"),
            ),
            leads(say("Open"), question("references", reader), named="references", label=say("Open references")),
        ),
        *actions([opens(say("Invite a customer"), INVITE_COMPANY, reader)]),
    ]


def _customer_rows(about: Overview, reader: Reader) -> list[Block]:
    say = reader.say
    registered = sum(link.is_registered for link in about.links)
    blocked = sum(link.is_blocked for link in about.links)
    words = say(
        "{resellers}: {registered} registered, {blocked} blocked, of {number}",
        resellers=bold(say("Resellers")),
        registered=registered,
        blocked=blocked,
        number=len(about.links),
    )
    resellers = question("", reader, area="approvals", word="resellers")
    return [
        rules_row(about, reader),
        *([reminders_row(about.company, reader)] if isinstance(about.company, Customer) else []),
        section(
            words,
            leads(say("Open"), resellers, named="resellers", label=say("Open resellers"))
            if about.resellers_page
            else None,
        ),
    ]


def rules_row(about: Overview, reader: Reader) -> Block:
    """The rules of a customer, with the button that changes them."""
    say = reader.say
    told = "{release}: accepted devices that a reseller wants to delete need no release by you"
    if getattr(about.company, "release_verified", True):
        told = "{release}: accepted devices that a reseller wants to delete must be released by you first"
    lines = [
        say("{undo}: a decision can be taken back for {window}", undo=bold(say("Undo")), window=about.undo),
        say(told, release=bold(say("Release"))),
    ]
    return section(
        "\n".join(lines),
        opens(say("Change"), RULES, reader, label=say("Change rules")),
    )


def hours_row(company: Reseller | Customer, reader: Reader) -> Block:
    """The time zone, with the button that changes it."""
    say = reader.say
    zone = code(company.time_zone) if company.time_zone else say("none set, so times that we choose are UTC")
    weekly = say("on Mondays") if company.digest else say("none")
    digest = say("{digest} of the quality of uploads: {weekly}", digest=bold(say("Digest")), weekly=weekly)
    text = f"{bold(say('Time zone'))}: {zone}\n{digest}"
    return section(text, opens(say("Change"), HOURS, reader, label=say("Change the time zone and the digest")))


def language_row(company: Reseller | Customer, reader: Reader) -> Block:
    """The language, with the button that changes it."""
    say = reader.say
    return section(
        f"{bold(say('Language'))}: {NAMES[company.language]}",
        opens(say("Change"), LANGUAGE, reader, label=say("Change the language")),
    )


def reminders_row(customer: Customer, reader: Reader) -> Block:
    """When a customer is reminded, with the button that changes it."""
    say = reader.say
    return section(
        say(
            "{reminders} of devices that wait: {told}",
            reminders=bold(say("Reminders")),
            told=said(customer.reminding, say=say),
        ),
        opens(say("Change"), REMINDERS, reader, label=say("Change reminders")),
    )


def said(rules: Reminding, say: Wording = ENGLISH) -> str:
    """Rules of reminders in words."""
    hours = [str(one) for one in (rules.first, rules.second) if one]
    reminded = say("after {hours} hours", hours=say(" and ").join(hours)) if hours else say("none")
    escalated = (
        say("your admins after {hours} hours", hours=rules.escalation) if rules.escalation else say("your admins never")
    )
    return f"{reminded}; {escalated}"


def single(block: Block, reader: Reader, title: str) -> Message:
    """A page of one row."""
    return compose(title, [header(title), block, *back(reader)], [reader.account_line()], say=reader.say)


def channel_page(company: Reseller | Customer, reader: Reader) -> Message:
    """The channel alone."""
    say = reader.say
    return single(_channel_row(company, reader), reader, say("Channel"))


def rules_page(about: Overview, reader: Reader) -> Message:
    """The rules alone."""
    say = reader.say
    return single(rules_row(about, reader), reader, say("Rules"))


def turns(page: Page[Any], command_text: str, say: Wording = ENGLISH) -> list[Block]:
    """The buttons that turn a page; a page of setup is not sent to a DM, where it would stay with its buttons."""
    found: list[Element] = []
    if page.before is not None:
        found.append(button(say("Previous"), PREVIOUS, {"q": command_text, "c": page.before}))
    if page.after is not None:
        found.append(button(say("Next"), NEXT, {"q": command_text, "c": page.after}))
    return actions(found)


def back(reader: Reader, *first: Element) -> list[Block]:
    """A row of buttons that ends with the way back to the first page."""
    say = reader.say
    return actions([*first, leads(say("Back to setup"), question("", reader), named="back")])


def done(text: str, reader: Reader, *more: str, to: str = "") -> Message:
    """What was changed, and the way on.

    Args:
        text: mrkdwn.
        reader: who did it.
        more: further lines, mrkdwn.
        to: the page that shows the change; empty for the first.
    """
    say = reader.say
    lines = [text, *more]
    way = [leads(say("Show"), question(to, reader), named="show")] if to else []
    return compose("\n".join(lines), [section("\n".join(lines)), *back(reader, *way)], [reader.account_line()], say=say)


def no_section(asked: str, reader: Reader) -> Message:
    """A page that setup does not have, or not for this side."""
    say = reader.say
    known = [name for name in SECTIONS if _has(name, reader)]
    text = say("Setup has no page {asked}. It has {pages}.", asked=code(asked, 40), pages=", ".join(map(code, known)))
    return compose(text, [section(text), *back(reader)], [reader.account_line()], say=say)


def _has(name: str, reader: Reader) -> bool:
    if name in {"codes", "references"}:
        return reader.is_reseller
    return name not in {"rules", "reminders"} or not reader.is_reseller
