"""The one grammar of all commands: what a person typed, as a command, or as a hint that helps them to go on.

`parse` never raises. `rollcall.commands.render` writes a command in its one canonical form, so that a button can carry
it and `parse` reads it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.commands import Command, Hint, render
from rollcall.identifiers import candidates, join_parts
from rollcall.strays import refuse_strays
from rollcall.suggestions import (
    HintError,
    key_without_area,
    missing_value,
    not_an_upload,
    said_twice,
    stray_text,
    too_few,
    too_long,
    too_many,
    unclosed_quote,
    unknown_key,
    unknown_word,
)
from rollcall.tokens import Token, UnclosedQuoteError, tokenize, undress
from rollcall.typed_values import account, device_query
from rollcall.upload_ids import LENGTH, understand
from rollcall.word import Takes
from rollcall.words import SPELLINGS, WITHOUT_A_WORD, WORDS, areas, find_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.word import Word

__all__ = ["Command", "Hint", "parse", "render"]

#: Characters of one value, and of one identifier.
LONGEST_VALUE: Final = 200
#: Characters of a whole command; 500 identifiers need fewer.
LONGEST_TEXT: Final = 40_000

_KEY_SPELLINGS: Final = {
    "account": "as",
    "customer_id": "customer",
    "order_number": "order",
    "order-number": "order",
    "state": "status",
    "tags": "tag",
    "upload_id": "upload",
}
#: What people write before an identifier, or what heads a pasted column; it says nothing the identifier does not.
_LABELS: Final = frozenset({"imei", "imei1", "imei2", "meid", "serial", "s/n", "sn"})
#: So many digits make a text a broken identifier rather than an unknown word.
_MANY_DIGITS: Final = 6


def parse(text: str, table: tuple[Word, ...] = WORDS) -> Command | Hint:
    """Reads what stands behind the slash word.

    Args:
        text: as Slack delivers it, or as `render` wrote it; of an alias such as ``/devices`` with its area in front.
        table: the words there are.
    """
    try:
        if len(text) > LONGEST_TEXT:
            raise too_many(None)
        tokens, as_account = _account_named(tokenize(undress(text)))
        return _command(*_address(tokens, table), as_account)
    except UnclosedQuoteError as error:
        return unclosed_quote(error.rest).hint
    except HintError as error:
        return error.hint


def _account_named(tokens: Sequence[Token]) -> tuple[list[Token], str]:
    """Takes ``as:<account>`` out, wherever it stands."""
    rest: list[Token] = []
    named = ""
    for token in tokens:
        key = _KEY_SPELLINGS.get(token.key, token.key)
        if key != "as":
            rest.append(Token(token.text, key, token.quoted))
            continue
        if not token.text:
            raise missing_value(None, "as")
        if len(token.text) > LONGEST_VALUE:
            raise too_long(None)
        if named and named != account(token.text):
            raise said_twice(None, "as")
        named = account(token.text)
    return rest, named


def _address(tokens: list[Token], table: tuple[Word, ...]) -> tuple[Word, list[Token]]:
    """The word that is meant, and what stands behind it."""
    area = ""
    if tokens and not tokens[0].key:
        name = tokens[0].text.casefold()
        name = SPELLINGS.get(name, name)
        if name in areas(table):
            area, tokens = name, tokens[1:]
    if not tokens:
        return _word(area, WITHOUT_A_WORD.get(area, "help"), table), []
    first = tokens[0]
    word = None if first.key else find_word(area, first.text, table)
    if word and word.name == "help":
        return _help(area, tokens[1:], table), []
    if word:
        return word, tokens[1:]
    for bare in (word for word in table if word.bare and area in {"", word.area}):
        if _is_meant(bare, tokens, area):
            return bare, tokens
    if first.key and area:
        return _word(area, "list", table), tokens
    raise key_without_area(first.key, table) if first.key else unknown_word(area, first.text, table)


def _word(area: str, name: str, table: tuple[Word, ...]) -> Word:
    word = find_word(area, name, table)
    if word is None:
        raise unknown_word(area, name, table)
    return word


def _help(area: str, tokens: list[Token], table: tuple[Word, ...]) -> Word:
    """``help devices`` is ``devices help``; what else follows the word does not matter."""
    topic = tokens[0].text.casefold() if tokens else ""
    topic = SPELLINGS.get(topic, topic)
    return _word(topic if not area and topic in areas(table) else area, "help", table)


def _is_meant(word: Word, tokens: list[Token], area: str) -> bool:
    """Whether a word that was left out is the one that was meant."""
    first = tokens[0]
    if word.takes is Takes.UPLOAD:
        return not first.key and _is_upload_id(first.text, certain=not area)
    if first.key or first.text.casefold() in _LABELS:
        return first.key in _LABELS or (not first.key and len(tokens) > 1)
    if not area and _is_upload_id(first.text, certain=True):
        return False
    digits = sum(character.isdecimal() for character in first.text)
    if digits >= _MANY_DIGITS or (digits and candidates(first.text)):
        return True
    return len(tokens) > 1 and len(join_parts(_texts(tokens))) == 1


def _is_upload_id(text: str, *, certain: bool) -> bool:
    """Whether a text is an upload id or the beginning of one.

    Args:
        text: one token.
        certain: it could as well be a serial number, so a dash after the U or the whole length is asked for.
    """
    if understand(text) is None:
        return False
    if text[1] == "-":
        return True
    return len(text) == LENGTH + 1 if certain else any(character.isdecimal() for character in text)


def _command(word: Word, tokens: list[Token], as_account: str) -> Command:
    if word.takes is Takes.DEVICES:
        refuse_strays(word, tokens, labels=_LABELS)
    pairs: dict[str, str] = {}
    plain: list[Token] = []
    before: Token | None = None
    for token in tokens:
        if token.key in _LABELS and word.takes is Takes.DEVICES:
            plain.append(Token(token.text))
        elif token.key:
            _add_pair(word, token, pairs)
        elif token.text and word.takes is Takes.NOTHING:
            raise stray_text(word, token, before)
        elif token.text:
            plain.append(token)
        before = token
    signs = ("+", "-") if word.signed else ()
    signed = [token.text for token in plain if token.text.startswith(signs)]
    texts = [token.text for token in plain if token.text and not token.text.startswith(signs)]
    if any(len(text) > LONGEST_VALUE for text in texts + signed):
        raise too_long(word)
    ids = _ids(word, texts)
    found = ids if word.takes in {Takes.DEVICES, Takes.UPLOAD} else tuple(texts)
    if len(found) < word.least:
        raise too_few(word)
    if len(found) > word.most:
        raise too_many(word)
    return Command(
        area=word.area,
        word=word.name,
        ids=ids,
        query=device_query(word, {key: value for key, value in pairs.items() if key in word.filters}),
        options={key: value for key, value in pairs.items() if key in word.options},
        as_account=as_account,
        texts=tuple(signed) if word.takes is Takes.DEVICES else tuple(texts if word.takes is Takes.TEXTS else ()),
    )


def _add_pair(word: Word, token: Token, pairs: dict[str, str]) -> None:
    if token.key not in word.keys:
        raise unknown_key(word, token.key)
    if not token.text:
        raise missing_value(word, token.key)
    if len(token.text) > LONGEST_VALUE:
        raise too_long(word)
    value = account(token.text) if token.key == "customer" else token.text
    if pairs.setdefault(token.key, value) != value:
        raise said_twice(word, token.key)


def _ids(word: Word, texts: Sequence[str]) -> tuple[str, ...]:
    if word.takes is Takes.UPLOAD:
        return tuple(dict.fromkeys(_upload_id(word, text) for text in texts))
    if word.takes is Takes.DEVICES:
        return join_parts(tuple(dict.fromkeys(join_parts([text for text in texts if text.casefold() not in _LABELS]))))
    return ()


def _upload_id(word: Word, text: str) -> str:
    understood = understand(text)
    if understood is None:
        raise not_an_upload(word, text)
    return understood


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if not token.key]
