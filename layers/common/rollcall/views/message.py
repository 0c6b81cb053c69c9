"""A Slack message: its text, which says the same as its blocks, and the blocks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rollcall.views.blocks import context
from rollcall.views.text import cut_mrkdwn
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rollcall.views.blocks import Block
    from rollcall.views.wording import Wording

#: Blocks of one message.
MOST_BLOCKS: Final = 50
#: Characters of all blocks of a message together. Slack refuses at about 13,200 and does not say so anywhere.
MOST_CHARACTERS: Final = 12_000
#: Characters of the text that notifications and screen readers give.
LONGEST_TEXT: Final = 3_000

_CUT: Final = "There is more than one Slack message holds; what came after this was left out."


@dataclass(frozen=True, slots=True)
class Message:
    """A message, ready for Slack.

    Attributes:
        text: for notifications and screen readers; mrkdwn, never empty.
        blocks: within Slack's limits, each with a ``block_id`` that changes with its content.
        say: in whose language it is, for what is put around it.
    """

    text: str
    blocks: list[Block]
    say: Wording = ENGLISH


def compose(text: str, body: Sequence[Block], foot: Iterable[Block] = (), say: Wording = ENGLISH) -> Message:
    """A message out of its parts.

    Args:
        text: what the blocks say, in short.
        body: the message itself; its end is left out, with a line that says so, where it is too long.
        foot: what must be there in any case, such as buttons and the account line.
        say: in the reader's language.
    """
    kept, last = list(body), list(foot)
    cut = say(_CUT)
    room = MOST_CHARACTERS - characters(last) - len(cut)
    most = MOST_BLOCKS - len(last) - 1
    while len(kept) > most or (kept and characters(kept) > room):
        kept.pop()
    if len(kept) < len(body):
        last = [context(cut), *last]
    return Message(_within(text), identified([*kept, *last]), say)


def identified(blocks: Iterable[Block]) -> list[Block]:
    """Gives each block an id of its place and content.

    Ids are unique in a message, and an updated block has a new one, or Slack would keep showing what was typed or
    picked in the old.
    """
    return [{**block, "block_id": f"{place}.{_digest(block)}"} for place, block in enumerate(blocks, start=1)]


def characters(blocks: object) -> int:
    """Characters under every key ``text``: what Slack counts as the text of a message."""
    return sum(map(len, _texts(blocks)))


def _within(text: str) -> str:
    """The text, cut between two of its lines where it is too long."""
    if len(text) <= LONGEST_TEXT:
        return text
    lines, between, _ = text[: LONGEST_TEXT - 1].rpartition("\n")
    return f"{lines}\n…" if between else cut_mrkdwn(text, LONGEST_TEXT)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "text" and isinstance(part, str):
                yield part
            else:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _digest(block: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(block, sort_keys=True).encode()).hexdigest()[:12]
