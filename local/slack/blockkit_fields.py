"""The kinds of field that a Block Kit object may have, each able to say what is wrong with a value.

A field yields ``(pointer, message)`` pairs; the messages are worded as Slack words them in
``response_metadata.messages``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Finding = tuple[str, str]
Rule = Callable[[Mapping[str, Any], str], Iterator[Finding]]


class Field(Protocol):
    """What may stand under one key."""

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``, which stands at JSON pointer ``pointer``."""


@dataclass(frozen=True, slots=True)
class Str:
    """A string of ``low`` to ``high`` characters, or one of ``choices``."""

    high: int = 3000
    low: int = 1
    choices: frozenset[str] = frozenset()

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if not isinstance(value, str):
            yield pointer, "must be a string"
        elif self.choices and value not in self.choices:
            yield pointer, f"must be one of: {', '.join(sorted(self.choices))}"
        elif len(value) > self.high:
            yield pointer, f"must be less than {self.high + 1} characters"
        elif len(value) < self.low:
            yield pointer, f"must be more than {self.low - 1} characters"


@dataclass(frozen=True, slots=True)
class Num:
    """A number between ``low`` and ``high``, both included."""

    low: float = float("-inf")
    high: float = float("inf")
    whole: bool = True

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            yield pointer, "must be an integer" if self.whole else "must be a number"
        elif not self.low <= value <= self.high:
            yield pointer, f"must be between {self.low:g} and {self.high:g}"


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if not isinstance(value, bool):
            yield pointer, "must be a boolean"


@dataclass(frozen=True, slots=True)
class Anything:
    """An object that is not looked into."""

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if not isinstance(value, dict):
            yield pointer, "must provide an object"


@dataclass(frozen=True, slots=True)
class Text:
    """A text object: plain_text, mrkdwn, or either."""

    high: int = 3000
    kinds: frozenset[str] = frozenset({"plain_text", "mrkdwn"})

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if not isinstance(value, dict):
            yield pointer, "must provide an object"
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in self.kinds:
            yield f"{pointer}/type", f"must be one of: {', '.join(sorted(self.kinds))}"
            return
        flag = "emoji" if kind == "plain_text" else "verbatim"
        for key in value.keys() - {"type", "text", flag}:
            yield pointer, f"invalid additional property: {key}"
        if flag in value:
            yield from Flag().check(value[flag], f"{pointer}/{flag}")
        yield from Str(high=self.high).check(value.get("text"), f"{pointer}/text")


@dataclass(frozen=True, slots=True)
class Many:
    """A list of ``low`` to ``high`` values of one kind."""

    of: Field
    high: int
    low: int = 1

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if not isinstance(value, list):
            yield pointer, "must be an array"
            return
        if len(value) > self.high:
            yield pointer, f"no more than {self.high} items allowed"
        if len(value) < self.low:
            yield pointer, f"no fewer than {self.low} items allowed"
        for index, item in enumerate(value):
            yield from self.of.check(item, f"{pointer}/{index}")


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with known keys, some of them required, and rules over several keys at once."""

    fields: Mapping[str, Field]
    required: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if not isinstance(value, dict):
            yield pointer, "must provide an object"
            return
        for key in sorted(self.required - value.keys()):
            yield pointer, f"missing required field: {key}"
        for key in sorted(value.keys() - self.fields.keys()):
            yield pointer, f"invalid additional property: {key}"
        for key, item in value.items():
            if key in self.fields:
                yield from self.fields[key].check(item, f"{pointer}/{key}")
        for rule in self.rules:
            yield from rule(value, pointer)


@dataclass(frozen=True, slots=True)
class Typed:
    """An object whose ``type`` picks its shape from ``shapes``; only ``kinds`` of them may stand here."""

    shapes: Mapping[str, Shape]
    kinds: frozenset[str]

    def check(self, value: object, pointer: str) -> Iterator[Finding]:
        """Yield what is wrong with ``value``."""
        if not isinstance(value, dict):
            yield pointer, "must provide an object"
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in self.shapes:
            yield pointer, f"unsupported type: {kind}"
        elif kind not in self.kinds:
            yield pointer, f"unsupported type: {kind} may not stand here"
        else:
            yield from self.shapes[kind].check(value, pointer)
