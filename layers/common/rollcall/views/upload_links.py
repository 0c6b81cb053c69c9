"""A link that lets one file in, and what is missing where none can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.layout import MANY
from rollcall.views.blocks import actions, button, context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain
from rollcall.views.upload_forms import NEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.accounts import Link
    from rollcall.upload_tickets import Ticket
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: A button that leads to a web page tells the bot as well, which has nothing to do then.
OPENED: Final = "uploads.link_opened"
#: Characters of a web address on a button.
LONGEST: Final = 3000
_NAMED: Final = 5


def link(url: str, ticket: Ticket, customer: str | None, until: str, reader: Reader) -> Message:
    """A link and its rules.

    Args:
        url: of the page.
        ticket: what it is good for.
        customer: account id; None where each row names its customer.
        until: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        reader: who asked for it.
    """
    say = reader.say
    whom = say("for {company}", company=reader.company(customer)) if customer else say("for many customers")
    told = "{link} to check a file {whom}." if ticket.wish.check_only else "{link} to upload a file {whom}."
    head = say(told, link=bold(say("Your link")), whom=whom)
    rules = [
        say(
            "It works once, until {until}, and on a phone, too. Whoever has it can send that one file for you.",
            until=say.date(until),
        ),
        say(
            "The file will be upload {upload}; its result comes by itself into your messages with me.",
            upload=code(ticket.upload),
        ),
    ]
    open_page = {**button(say("Open the upload page"), OPENED, {}, style="primary"), "url": url}
    return compose(
        "\n".join([head, code(url, LONGEST), *rules]),
        [section(head), *actions([open_page]), context(*rules)],
        [reader.account_line()],
        say=say,
    )


def customer_missing(links: Mapping[str, Link], reader: Reader) -> Message:
    """A link is for one customer, or for many, and nobody said which."""
    say = reader.say
    customers = sorted({one.customer for one in links.values() if not one.is_blocked})
    first = customers[0] if customers else "CUST-…"
    lines = [
        say("For which customer? {command}", command=reader.usage(f"uploads link customer:{first}")),
        *(f"• {reader.company_with_id(customer)}" for customer in customers[:_NAMED]),
    ]
    if len(customers) > _NAMED:
        lines.append(
            say(
                "• and {others}: {command}",
                others=say.count(len(customers) - _NAMED, "other"),
                command=reader.usage("customers"),
            )
        )
    lines.append(
        say("A file whose rows name their customers: {command}", command=reader.usage(f"uploads link customer:{MANY}"))
    )
    text = "\n".join(lines)
    pick = actions([button(say("Pick it in the form"), NEW, {"as": reader.acting.account})])
    return compose(text, [section(text), *pick], [reader.account_line()], say=say)


def refused(problems: Sequence[str], reader: Reader) -> Message:
    """No link can be made of what was asked for."""
    say = reader.say
    text = bold(say("No link was made.")) + "\n" + "\n".join(plain(problem, 200) for problem in problems)
    return compose(text, [section(text)], [reader.account_line()], say=say)
