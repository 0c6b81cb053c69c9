"""Hints for what the grammar cannot read: what is wrong, what was probably meant, and a command that works."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Final

from rollcall.commands import Hint
from rollcall.tokens import dress, quote
from rollcall.transitions import Status
from rollcall.word import MOST_IDS, Takes
from rollcall.words import areas, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.tokens import Token
    from rollcall.word import Word

#: Characters of a person's own text that a hint repeats.
_SHOWN: Final = 40
_CLOSE: Final = 0.55
_SAMPLES: Final = {
    "customer": "CUST-NORTHWIND",
    "status": "pending",
    "order": '"PO 17"',
    "model": "SM-S921B",
    "tag": "stock",
    "upload": "U-7K3F-9QMC",
    "sort": "-uploaded",
    "as": "RSL-ACME",
    "reason": '"wrong model"',
    "approval": "4711",
    "reference": '"NW 17"',
    "reseller": "RSL-ACME",
}
#: Keys behind which stands whatever somebody writes.
FREE: Final = frozenset({"customer", "order", "model", "tag", "reason", "approval"})

#: Area and word → what to do with a list that is too long for it.
_LISTS: Final = {
    "devices find": (
        "That is more than one command can hold ({most}). Put the list into my messages as a CSV file and press Look "
        "these up: each row is answered."
    ),
    "approvals accept": (
        "That is more than one command can hold ({most}). Put the list into my messages as a CSV file and press Accept "
        "by this list."
    ),
}
_AS_FILE: Final = "That is more than one command can hold ({most}). Put a long list into my messages as a CSV file."
#: What a word takes one of.
_ONE: Final = {
    Takes.DEVICES: '"{word}" takes one device at a time.',
    Takes.UPLOAD: '"{word}" takes one upload at a time.',
    Takes.TEXTS: '"{word}" takes one word at a time.',
    Takes.NOTHING: '"{word}" takes one thing at a time.',
}
_SEVERAL: Final = "That is more than one command can hold ({most}). Spread the list over several commands."


class HintError(Exception):
    """A text is no command.

    Attributes:
        hint: what to tell the person.
    """

    def __init__(self, hint: Hint) -> None:
        self.hint = hint
        super().__init__(hint.problem)


def nearest(text: str, known: Iterable[str]) -> str:
    """The known text that begins like a typed one, else that is most like it; "" where none is near."""
    typed, names = text.casefold()[:_SHOWN], list(known)
    return _begun(typed, names) or next(iter(get_close_matches(typed, names, n=1, cutoff=_CLOSE)), "")


def _begun(typed: str, names: Iterable[str]) -> str:
    return next((name for name in names if typed and name.startswith(typed)), "")


def _best(typed: str, names: Iterable[str]) -> str:
    """The name that is most like a text, however little; the first of several."""
    matcher = SequenceMatcher(b=typed)

    def likeness(name: str) -> float:
        matcher.set_seq1(name)
        return matcher.ratio()

    return max(names, key=likeness, default="")


def unknown_word(area: str, text: str, table: tuple[Word, ...]) -> HintError:
    """A word that the area does not have."""
    elsewhere = next((word for word in table if word.name == text.casefold() and word.area != area), None)
    if elsewhere:
        named = f"{elsewhere.area} {elsewhere.name}".strip()
        if not elsewhere.area:
            return _error('The word "{word}" belongs to no area.', named, elsewhere.example, word=_shown(text))
        problem = 'The word "{word}" belongs to {area}.'
        return _error(problem, named, elsewhere.example, word=_shown(text), area=elsewhere.area)
    typed = text.casefold()[:_SHOWN]
    names = [word.name for word in words_of(area, table)] + ([] if area else list(areas(table)))
    problem = 'I do not know the word "{word}" in {area}.' if area else 'I do not know the word "{word}".'
    parts = {"word": _shown(text), "area": area}
    near = nearest(text, names)
    begun = next((word for word in table if word.area and not near and _begun(typed, [word.name])), None)
    if begun:
        return _error(problem, f"{begun.area} {begun.name}", begun.example, **parts)
    near = near or _best(typed, names)
    example = next((word.example for word in words_of(area, table) if word.name == near), f"{area or near} help")
    return _error(problem, near, example.strip(), **parts)


def key_without_area(key: str, table: tuple[Word, ...]) -> HintError:
    """A filter where nothing says what is to be listed."""
    word = next((word for word in table if word.area and key in word.keys), None)
    if word is None:
        return unknown_word("", key, table)
    named = f"{word.area} {word.name}"
    problem = "What is {key}: to narrow? Begin with the list that you mean."
    return _error(problem, named, _with(word, key), key=key)


def unknown_key(word: Word, key: str) -> HintError:
    """A key that the word does not take."""
    if not word.keys:
        problem = '"{word}" takes no {key}: or other filter.'
        return _error(problem, "", word.example, word=word.name, key=_shown(key))
    near = nearest(key, word.keys)
    shown = near or word.keys[0]
    takes = ", ".join(f"{name}:" for name in (*word.keys, "as"))
    problem = '"{word}" has no filter {key}:. It takes {takes}.'
    meant = f"{near}:" if near else ""
    return _error(problem, meant, _with(word, shown), word=word.name, key=_shown(key), takes=takes)


def missing_value(word: Word | None, key: str) -> HintError:
    """A key with nothing behind it."""
    example = _with(word, key) if word else f"help as:{_SAMPLES['as']}"
    return _error("Nothing stands behind {key}:. Write the value right after the colon.", "", example, key=key)


def said_twice(word: Word | None, key: str) -> HintError:
    """A key that stands twice with different values."""
    example = _with(word, key) if word else f"help as:{_SAMPLES['as']}"
    return _error("{key}: stands twice with different values. Name one.", "", example, key=key)


def unknown_value(word: Word, key: str, value: str, known: Iterable[str]) -> HintError:
    """A value that is none of the few there are."""
    names = list(known)
    near = nearest(value, names)
    problem = '"{value}" is not a {key}. Choose from {known}.'
    example = _with(word, key, near or names[0])
    return _error(problem, near, example, value=_shown(value), key=key, known=", ".join(names))


def not_an_upload(word: Word, text: str) -> HintError:
    """A text where an upload id should stand."""
    problem = '"{text}" is not an upload id. One begins with U-; six characters after that are enough.'
    return _error(problem, "", word.example, text=_shown(text))


def too_long(word: Word | None) -> HintError:
    """A value or identifier of more characters than anything of that kind has."""
    problem = "A value in this command is longer than 200 characters. Shorten it; a long list is sent as a CSV file."
    return _error(problem, "", word.example if word else "help")


def too_many(word: Word | None) -> HintError:
    """A list that is too long for a command."""
    if word and word.most == 1:
        return _error(_ONE[word.takes], "", word.example, word=word.name)
    if word and word.takes is Takes.TEXTS:
        problem = '"{word}" takes {most} words at the most; a name of several stands in quotation marks.'
        return _error(problem, "", word.example, word=word.name, most=str(word.most))
    most = word.most if word and word.most else MOST_IDS
    instead = _LISTS.get(f"{word.area} {word.name}", _SEVERAL) if word else _AS_FILE
    return _error(instead, "", word.example if word else "help", most=str(most))


def too_few(word: Word) -> HintError:
    """A word without the things it needs."""
    needs = {
        Takes.DEVICES: "Name a device: its IMEI, MEID or serial number.",
        Takes.UPLOAD: "Name an upload: the first six characters of its id are enough.",
    }
    return _error(needs.get(word.takes, 'Something is missing behind "{word}".'), "", word.example, word=word.name)


def unclosed_quote(rest: str) -> HintError:
    """A quotation mark that is opened and not closed."""
    problem = 'The quotation mark before "{text}" is not closed.'
    return _error(problem, "", f"devices list order:{_SAMPLES['order']}", text=_shown(rest))


def stray_text(word: Word, token: Token, before: Token | None) -> HintError:
    """A text behind a word that takes only filters, or nothing."""
    shown = _shown(token.text)
    if before and word.signed and before.text.startswith(("+", "-")):
        value = _shown(f"{before.text} {token.text}")
        problem = 'I do not know what "{text}" is for. A tag with spaces stands in quotation marks.'
        return _error(problem, f'"{value}"', word.example, text=shown)
    if not word.keys:
        problem = '"{word}" takes nothing more; I do not know what "{text}" is for.'
        return _error(problem, "", word.example, word=word.name, text=shown)
    if before and before.key in FREE & set(word.keys):
        value = _shown(f"{before.text} {token.text}")
        problem = 'I do not know what "{text}" is for. A value with spaces stands in quotation marks.'
        return _error(problem, f'{before.key}:"{value}"', _with(word, before.key, value), text=shown)
    state = nearest(token.text, [status.value.lower() for status in Status]) if "status" in word.keys else ""
    problem = 'I do not know what "{text}" is for. A filter is written key:value.'
    example = _with(word, "status", state) if state else word.example
    return _error(problem, f"status:{state}" if state else "", example, text=shown)


def _error(text: str, near: str, example: str, /, **parts: str) -> HintError:
    """A hint whose problem may be said in other languages, too."""
    return HintError(Hint(text.format(**parts), near, example, text, parts))


def _with(word: Word, key: str, value: str = "") -> str:
    """An example that uses one key."""
    start = f"{word.area} {word.name}".strip()
    if word.least:
        return word.example
    pair = dress(quote(value, key=key)) if value else f"{key}:{_SAMPLES.get(key, '1')}"
    return f"{start} {pair}"


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
