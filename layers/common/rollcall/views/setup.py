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
from rollcall.views.text import bold, code, count, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Link, Member, Reseller
    from rollcall.queries import Page
    from rollcall.reminders import Reminding
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

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


def question(section_name: str, reader: Reader, *, area: str = "", word: str = "setup") -> str:
    """The command that leads to a page of the account that somebody acts for now."""
    texts = (section_name,) if section_name else ()
    return render(Command(area, word, texts=texts, as_account=reader.acting.account))


def admin_buttons(reader: Reader) -> list[Element]:
    """The buttons by which an admin comes here from App Home; none for others."""
    if not allows(reader.acting.member.role, Act.MANAGE_ACCOUNT):
        return []
    return [
        leads("Set up", question("", reader), named="setup", label="Set up your account"),
        leads("People", question("members", reader), named="members"),
        leads("API keys", question("", reader, word="keys"), named="keys"),
    ]


def leads(text: str, to: str, *, named: str, label: str = "", style: str = "") -> Element:
    """A button that leads to a page; ``named`` tells it from others of its row."""
    return button(text, f"{PAGE}.{named}", {"q": to}, label=label, style=style)


def opens(text: str, action_id: str, reader: Reader, *, label: str = "", style: str = "", **more: str) -> Element:
    """A button that opens a form or acts, for the account of the page."""
    return button(text, action_id, {"a": reader.acting.account, **more}, label=label, style=style)


def overview(about: Overview, reader: Reader) -> Message:
    """The first page."""
    admins = sum(member.role == "admin" for member in about.members)
    people = f"{bold('People')}: {count(len(about.members), 'member')}, {count(admins, 'admin')}"
    if not is_attended(member.role for member in about.members):
        people += f"\n:warning: Nobody here may {'upload' if reader.is_reseller else 'accept devices'}."
    rows = [
        section(people, leads("Open", question("members", reader), named="members", label="Open people")),
        _channel_row(about.company, reader),
        hours_row(about.company, reader),
        language_row(about.company, reader),
        *(_reseller_rows(about, reader) if reader.is_reseller else _customer_rows(about, reader)),
        section(
            f"{bold('API keys')}: {about.keys or 'none'}",
            leads("Open", question("", reader, word="keys"), named="keys", label="Open API keys"),
        ),
        section(
            f"{bold('Changes')}: who changed what, and when",
            leads("Open", question("history", reader), named="history", label="Open changes"),
        ),
    ]
    title = f"Setup of {about.company.name}"
    return compose(f"Setup of {plain(about.company.name)}", [header(title), *rows], [reader.account_line()])


def _channel_row(company: Reseller | Customer, reader: Reader) -> Block:
    return section(
        f"{bold('Channel')}: {_channel(company, reader)}", opens("Change", CHANNEL, reader, label="Change channel")
    )


def _channel(company: Reseller | Customer, reader: Reader) -> str:
    target = company.notify
    if target is None:
        return "none, so your admins are told in person"
    if target.team == reader.acting.member.team:
        return f"<#{target.channel}>"
    return f"{code(target.channel)} in workspace {code(target.team)}"


def _reseller_rows(about: Overview, reader: Reader) -> list[Block]:
    codes = about.company.sold_to_codes if hasattr(about.company, "sold_to_codes") else ()
    return [
        section(
            f"{bold('Sold-to codes')}: {len(codes) or 'none'}",
            leads("Open", question("codes", reader), named="codes", label="Open sold-to codes"),
        ),
        section(
            f"{bold('Customers')}: {count(len(about.links), 'customer')}, each with your own reference",
            leads("Open", question("references", reader), named="references", label="Open references"),
        ),
        *actions([opens("Invite a customer", INVITE_COMPANY, reader)]),
    ]


def _customer_rows(about: Overview, reader: Reader) -> list[Block]:
    registered = sum(link.is_registered for link in about.links)
    blocked = sum(link.is_blocked for link in about.links)
    words = f"{bold('Resellers')}: {registered} registered, {blocked} blocked, of {len(about.links)}"
    resellers = question("", reader, area="approvals", word="resellers")
    return [
        rules_row(about, reader),
        *([reminders_row(about.company, reader)] if isinstance(about.company, Customer) else []),
        section(
            words,
            leads("Open", resellers, named="resellers", label="Open resellers") if about.resellers_page else None,
        ),
    ]


def rules_row(about: Overview, reader: Reader) -> Block:
    """The rules of a customer, with the button that changes them."""
    needed = getattr(about.company, "release_verified", True)
    release = "must be released by you first" if needed else "need no release by you"
    return section(
        f"{bold('Undo')}: a decision can be taken back for {about.undo}\n"
        f"{bold('Release')}: accepted devices that a reseller wants to delete {release}",
        opens("Change", RULES, reader, label="Change rules"),
    )


def hours_row(company: Reseller | Customer, reader: Reader) -> Block:
    """The time zone, with the button that changes it."""
    zone = code(company.time_zone) if company.time_zone else "none set, so times that we choose are UTC"
    weekly = "on Mondays" if company.digest else "none"
    text = f"{bold('Time zone')}: {zone}\n{bold('Digest')} of the quality of uploads: {weekly}"
    return section(text, opens("Change", HOURS, reader, label="Change the time zone and the digest"))


def language_row(company: Reseller | Customer, reader: Reader) -> Block:
    """The language, with the button that changes it."""
    return section(
        f"{bold('Language')}: {NAMES[company.language]}", opens("Change", LANGUAGE, reader, label="Change the language")
    )


def reminders_row(customer: Customer, reader: Reader) -> Block:
    """When a customer is reminded, with the button that changes it."""
    return section(
        f"{bold('Reminders')} of devices that wait: {said(customer.reminding)}",
        opens("Change", REMINDERS, reader, label="Change reminders"),
    )


def said(rules: Reminding) -> str:
    """Rules of reminders in words."""
    hours = [str(one) for one in (rules.first, rules.second) if one]
    reminded = f"after {' and '.join(hours)} hours" if hours else "none"
    escalated = f"your admins after {rules.escalation} hours" if rules.escalation else "your admins never"
    return f"{reminded}; {escalated}"


def single(block: Block, reader: Reader, title: str) -> Message:
    """A page of one row."""
    return compose(title, [header(title), block, *back(reader)], [reader.account_line()])


def channel_page(company: Reseller | Customer, reader: Reader) -> Message:
    """The channel alone."""
    return single(_channel_row(company, reader), reader, "Channel")


def rules_page(about: Overview, reader: Reader) -> Message:
    """The rules alone."""
    return single(rules_row(about, reader), reader, "Rules")


def turns(page: Page[Any], command_text: str) -> list[Block]:
    """The buttons that turn a page; a page of setup is not sent to a DM, where it would stay with its buttons."""
    found: list[Element] = []
    if page.before is not None:
        found.append(button("Previous", PREVIOUS, {"q": command_text, "c": page.before}))
    if page.after is not None:
        found.append(button("Next", NEXT, {"q": command_text, "c": page.after}))
    return actions(found)


def back(reader: Reader, *first: Element) -> list[Block]:
    """A row of buttons that ends with the way back to the first page."""
    return actions([*first, leads("Back to setup", question("", reader), named="back")])


def done(text: str, reader: Reader, *more: str, to: str = "") -> Message:
    """What was changed, and the way on.

    Args:
        text: mrkdwn.
        reader: who did it.
        more: further lines, mrkdwn.
        to: the page that shows the change; empty for the first.
    """
    lines = [text, *more]
    way = [leads("Show", question(to, reader), named="show")] if to else []
    return compose("\n".join(lines), [section("\n".join(lines)), *back(reader, *way)], [reader.account_line()])


def no_section(asked: str, reader: Reader) -> Message:
    """A page that setup does not have, or not for this side."""
    known = [name for name in SECTIONS if _has(name, reader)]
    text = f"Setup has no page {code(asked, 40)}. It has {', '.join(known)}."
    return compose(text, [section(text), *back(reader)], [reader.account_line()])


def _has(name: str, reader: Reader) -> bool:
    if name in {"codes", "references"}:
        return reader.is_reseller
    return name not in {"rules", "reminders"} or not reader.is_reseller
