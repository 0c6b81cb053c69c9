"""What is posted into a channel when an admin names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.views.blocks import context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording


def first_message(company: str, account: str, name: str, say: Wording = ENGLISH) -> Message:
    """Says that the channel works, and whose it is.

    Args:
        company: name of the account.
        account: its id.
        name: of the admin.
        say: in the reader's language.
    """
    text = say(
        "This works: Rollcall tells {company} here what happens to its uploads and devices. {name} named this channel.",
        company=bold(plain(company)),
        name=plain(name),
    )
    return compose(text, [section(text)], [context(f"{plain(company)} · {code(account)}")], say=say)
