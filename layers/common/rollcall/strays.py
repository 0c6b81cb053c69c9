"""The rest of a value that was meant to be one, told from the devices that stand behind it."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from rollcall.identifiers import IdKind, candidates
from rollcall.suggestions import FREE, stray_text
from rollcall.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rollcall.word import Word


def refuse_strays(word: Word, tokens: Sequence[Token], *, labels: Collection[str]) -> None:
    """Takes no text for a device that is the rest of a value without quotation marks: ``reason:not ordered``.

    Behind such a value only an IMEI or a MEID stands for a device: many words have the form of a serial number, and
    what is decided for half of a sentence cannot always be undone. Behind a tag a serial number with a digit does, too.

    Args:
        word: one that takes devices.
        tokens: what stands behind it.
        labels: keys that say no more than that a device follows.

    Raises:
        HintError: a text is the rest of a value.
    """
    cut: Token | None = None
    for place, token in enumerate(tokens):
        if token.key:
            is_free = token.key in FREE & set(word.keys)
            cut = token if is_free and not token.quoted else cut if token.key in labels else None
        elif word.signed and token.text.startswith(("+", "-")):
            cut = None if token.quoted else token
        elif cut and _is_stray(token, cut):
            rest = takewhile(partial(_is_stray, cut=cut), tokens[place:])
            raise stray_text(word, Token(" ".join(one.text for one in rest)), cut)


def _is_stray(token: Token, cut: Token) -> bool:
    """Whether a token behind an open value is no device beyond doubt."""
    if token.key or token.quoted or (not cut.key and token.text.startswith(("+", "-"))):
        return False
    kinds = {found.kind for found in candidates(token.text)}
    if not cut.key and any(character.isdecimal() for character in token.text):
        return not kinds
    return not kinds - {IdKind.SERIAL}
