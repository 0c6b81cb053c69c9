"""What a click came to, with what it was clicked in drawn anew below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import divider
from rollcall.views.message import compose

if TYPE_CHECKING:
    from rollcall.views.blocks import Block
    from rollcall.views.message import Message

#: Blocks at the end of a list that stay whatever else is left out: its buttons and the account line.
_FOOT: Final = 2


def below(answer: Message, shown: Message, *, plainly: bool = False) -> Message:
    """An answer, and below it what is so now.

    Args:
        answer: what the click came to.
        shown: the list or card that was clicked in, as it is now; says for which account, so the answer need not.
        plainly: without the answer's own buttons: what they lead to stands below.
    """
    *body, last = answer.blocks
    told = body if body and _bare(last) == _bare(shown.blocks[-1]) else answer.blocks
    if plainly:
        told = [block for block in told if block["type"] != "actions"]
    return compose(
        f"{answer.text}\n{shown.text}",
        [*told, divider(), *shown.blocks[:-_FOOT]],
        shown.blocks[-_FOOT:],
        say=shown.say,
    )


def _bare(block: Block) -> Block:
    """A block without its id, which says where it stands."""
    return {name: value for name, value in block.items() if name != "block_id"}
