"""The same message with less and less of what a workspace may not take yet."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from rollcall.views.message import Message

#: Blocks that every workspace takes.
_PLAIN: Final = frozenset({"section", "header", "divider", "context", "actions", "image"})


class Shape(StrEnum):
    """How much of a message is sent."""

    WHOLE = "whole"
    PLAIN = "plain"
    TEXT = "text"


#: What is tried after a shape was refused.
LESS: Final = {Shape.WHOLE: Shape.PLAIN, Shape.PLAIN: Shape.TEXT}


def shaped(message: Message, shape: Shape) -> Message:
    """The message in a shape; its text says the same as its blocks, so nothing is lost but buttons."""
    match shape:
        case Shape.WHOLE:
            return message
        case Shape.PLAIN:
            return Message(message.text, [block for block in message.blocks if block["type"] in _PLAIN])
        case Shape.TEXT:
            return Message(message.text, [])
