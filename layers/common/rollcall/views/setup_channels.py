"""What is posted into a channel when an admin names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.views.blocks import context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain

if TYPE_CHECKING:
    from rollcall.views.message import Message


def first_message(company: str, account: str, name: str) -> Message:
    """Says that the channel works, and whose it is.

    Args:
        company: name of the account.
        account: its id.
        name: of the admin.
    """
    text = (
        f"This works: Rollcall tells {bold(plain(company))} here what happens to its uploads and devices. "
        f"{plain(name)} named this channel."
    )
    return compose(text, [section(text)], [context(f"{plain(company)} · {code(account)}")])
