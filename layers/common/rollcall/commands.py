"""What a person asked for, as a value; or a hint where that could not be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rollcall.queries import DeviceQuery
from rollcall.tokens import dress, quote
from rollcall.word import Takes
from rollcall.words import find_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Command:
    """A command that was understood.

    Attributes:
        area: ``devices``, ``uploads`` and so on; "" for the words that belong to none.
        word: a word of that area.
        ids: identifiers of devices as typed, each once; or one upload id in its displayed form, perhaps only its
            beginning.
        query: the filters of a word that lists devices; without any for the others.
        options: the word's own ``key:value`` pairs.
        as_account: the account to act for; an id is in upper case; "" if none was named.
        texts: what else stood behind the word, such as ``+stock``.
    """

    area: str
    word: str
    ids: tuple[str, ...] = ()
    query: DeviceQuery = field(default_factory=DeviceQuery)
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    as_account: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a text is no command, and one that is.

    Attributes:
        problem: one or two sentences; plain text in which words of the person may stand.
        nearest: what the person probably meant, plain text; "" where nothing is near.
        example: a whole command without the slash word, in the form of `render`.
        text: the problem in English with ``{names}`` for its parts; empty where it is said as it stands.
        parts: what stands there.
    """

    problem: str
    nearest: str
    example: str
    text: str = field(default="", compare=False)
    parts: Mapping[str, str] = field(default_factory=dict, compare=False)


def render(command: Command) -> str:
    """A command in its canonical form, as Slack would deliver it: ``& < >`` escaped, so mrkdwn may hold it as it is."""
    return dress(" ".join(part for part in _parts(command) if part))


def _parts(command: Command) -> Iterator[str]:
    known = find_word(command.area, command.word)
    yield command.area
    if not (known and known.bare and known.takes is Takes.UPLOAD):
        yield command.word
    yield from (quote(text) for text in (*command.ids, *command.texts))
    yield from (quote(value, key=key) for key, value in _filters(command.query))
    yield from (quote(command.options[key], key=key) for key in sorted(command.options))
    if command.as_account:
        yield quote(command.as_account, key="as")


def _filters(query: DeviceQuery) -> Iterator[tuple[str, str]]:
    pairs = {
        "customer": query.customer,
        "status": query.status.value.lower() if query.status else "",
        "order": query.order,
        "model": query.model,
        "tag": query.tag,
        "upload": query.upload,
        "sort": "" if query.newest_first else "uploaded",
    }
    return ((key, value) for key, value in pairs.items() if value)
