"""A typed command cut into tokens: Slack's dressing taken off, quotes honoured, keys told from plain texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTES: Final = frozenset('"“”„‟«»″＂')  # noqa: RUF001 - the look-alikes are what is meant
_SEPARATORS: Final = frozenset(",;，；、")  # noqa: RUF001 - likewise
_KEY: Final = re.compile(r"([A-Za-z][A-Za-z0-9_/-]{0,30})[:：]")  # noqa: RUF001 - likewise

#: What Slack puts around words that are set off.
_MARKS: Final = "*_~`"
_EDGES: Final = "".join(sorted(_SEPARATORS)) + ":：\\s"  # noqa: RUF001 - likewise
_OPENING: Final = re.compile(rf"(?<![^{_EDGES}])[{_MARKS}]+(?=[^{_EDGES}{_MARKS}])")
_CLOSING: Final = re.compile(rf"(?<=[^{_EDGES}{_MARKS}])[{_MARKS}]+(?![^{_EDGES}.!?])|(?<=[:：])[{_MARKS}]+(?!\S)")  # noqa: RUF001 - likewise
#: What begins the lines of a list and of a quotation; ">" comes escaped.
_BULLETS: Final = re.compile(r"^(?:[^\S\n]*(?:[•◦▪‣>]|&gt;))+", re.MULTILINE)
_QUOTE: Final = "".join(sorted(_QUOTES))
#: A piece in quotation marks, where `tokenize` takes it for one: nothing in it is a mark of Slack's.
_QUOTED: Final = re.compile(
    rf"(?<![^{_EDGES}{_MARKS}+\-])[{_QUOTE}](?:[^{_QUOTE}]|(?P<twice>[{_QUOTE}])(?P=twice))*+[{_QUOTE}]"
)

_DRESSED: Final = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_TO_TEXT: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # "&amp;lt;" is a typed "&lt;": & comes last
_TO_SLACK: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


class UnclosedQuoteError(ValueError):
    """A quotation mark was opened and not closed.

    Attributes:
        rest: the text behind it.
    """

    def __init__(self, rest: str) -> None:
        self.rest = rest
        super().__init__("a quotation mark is not closed")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a command.

    Attributes:
        text: the piece, or the value behind its key; white space inside is one blank each.
        key: in lower case; "" for a piece without one.
        quoted: it stood in quotation marks, so an empty one was meant.
    """

    text: str
    key: str = ""
    quoted: bool = False


def undress(text: str) -> str:
    """What the person typed, out of what Slack made of it.

    Mentions, channels, telephone numbers, mail addresses and links come as ``<what|label>``, and ``& < >`` escaped.
    What somebody copies out of a message brings along the marks that set words off.
    """
    typed = _DRESSED.sub(_label, text)
    for escaped, plain in _TO_TEXT:
        typed = typed.replace(escaped, plain)
    return unmark(typed)


def unmark(text: str) -> str:
    """A text without bullets, bars of quotations and ``* _ ~`` around words, and without backticks.

    What stands in quotation marks, and a mark that encloses nothing such as the star in ``PO*``, are left as they are.
    """
    # Letters in place of what is quoted: places stay the same.
    bare = _QUOTED.sub(lambda match: "x" * len(match[0]), text)
    gone = {place for match in _BULLETS.finditer(bare) for place in range(*match.span())}
    bare = _BULLETS.sub(lambda match: " " * len(match[0]), bare)
    gone |= {place for place, character in enumerate(bare) if character == "`"}
    runs = [(match.start(), match[0], opens) for opens in (True, False) for match in _found(bare, opens=opens)]
    opened: dict[str, list[int]] = {mark: [] for mark in _MARKS}
    for start, run, opens in sorted(runs):
        for place, mark in enumerate(run, start):
            if opens:
                opened[mark].append(place)
            elif opened[mark]:
                partner = opened[mark].pop()
                gone |= {partner, place}
                # What was opened within it and not closed encloses nothing.
                for others in opened.values():
                    while others and others[-1] > partner:
                        others.pop()
    return "".join(character for place, character in enumerate(text) if place not in gone)


def dress(text: str) -> str:
    """A text as Slack would deliver it; the counterpart of `undress` for a text without mentions and links."""
    for plain, escaped in _TO_SLACK:
        text = text.replace(plain, escaped)
    return text


def tokenize(text: str) -> list[Token]:
    """Cuts an undressed text.

    Pieces end at white space, comma or semicolon, values behind a key at white space only. Quotation marks of any
    style hold a piece together where they stand at its beginning; a doubled mark inside stands for itself.

    Raises:
        UnclosedQuoteError: a quotation mark is not closed.
    """
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace() or text[place] in _SEPARATORS:
            place += 1
            continue
        token, place = _next(text, place)
        tokens.append(token)
    return _with_values(tokens)


def quote(text: str, *, key: str = "") -> str:
    """A text as one token, or as the value of a key, in quotation marks only if it needs them."""
    marked = any(character.isspace() or character in _SEPARATORS | _QUOTES for character in text)
    marked = marked or "`" in text or text.strip(_MARKS) != text or bool(_OPENING.search(text) or _CLOSING.search(text))
    if marked or not text or (not key and _KEY.match(text)):
        text = '"' + "".join(character * 2 if character in _QUOTES else character for character in text) + '"'
    return f"{key}:{text}" if key else text


def _found(text: str, *, opens: bool) -> Iterator[re.Match[str]]:
    """The runs of marks before, or behind, what they set off."""
    return (_OPENING if opens else _CLOSING).finditer(text)


def _label(match: re.Match[str]) -> str:
    target, label = match[1], match[2]
    sign = target[:1] if target[:1] in {"@", "#"} else ""
    if label:
        return label if label.startswith(sign) else sign + label
    if target.startswith("!"):
        return "@" + target[1:].partition("^")[0]
    scheme, _, rest = target.partition(":")
    return rest if scheme in {"tel", "mailto"} else target


def _next(text: str, start: int) -> tuple[Token, int]:
    key = _KEY.match(text, start)
    place = key.end() if key else start
    name = key[1].casefold() if key else ""
    sign = ""
    if not key and text[place] in "+-" and place + 1 < len(text) and text[place + 1] in _QUOTES:
        sign, place = text[place], place + 1
    if place < len(text) and text[place] in _QUOTES:
        value, place = _quoted(text, place + 1)
        return Token(sign + value, name, quoted=True), place
    end = place
    while end < len(text) and not text[end].isspace() and (key or text[end] not in _SEPARATORS):
        end += 1
    value = text[place:end]
    return Token(value.rstrip("".join(_SEPARATORS)) if key else value, name), end


def _quoted(text: str, start: int) -> tuple[str, int]:
    characters: list[str] = []
    place = start
    while place < len(text):
        character = text[place]
        if character in _QUOTES:
            if text[place + 1 : place + 2] != character:
                return " ".join("".join(characters).split()), place + 1
            place += 1
        characters.append(character)
        place += 1
    raise UnclosedQuoteError(text[start:])


def _with_values(tokens: list[Token]) -> list[Token]:
    """A key that ends in white space takes the piece that follows: ``status: pending``."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if before and before.key and not before.text and not before.quoted and not token.key:
            joined[-1] = Token(token.text, before.key, token.quoted)
        else:
            joined.append(token)
    return joined
