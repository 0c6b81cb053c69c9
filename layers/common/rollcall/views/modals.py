"""An answer in a modal: where a click came from App Home, there is no message to answer below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.views.blocks import plain_text
from rollcall.views.preformatted import without_tables

if TYPE_CHECKING:
    from rollcall.views.message import Message

#: Characters of a modal's title, by Slack's reference of views.
_TITLE = 24


def modal(message: Message, title: str = "Rollcall") -> dict[str, Any]:
    """A message's blocks as a modal that only shows something.

    Args:
        message: what to show.
        title: in English; at most 24 characters in each language.
    """
    return {
        "type": "modal",
        "title": plain_text(message.say(title), _TITLE),
        "close": plain_text(message.say("Close"), _TITLE),
        "blocks": without_tables(message.blocks),
    }
