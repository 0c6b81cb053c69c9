"""Reading a document of mappings and lists, and collecting every fault in it with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Hashable, Iterator
    from enum import StrEnum
    from typing import TypeVar

    Choice = TypeVar("Choice", bound=StrEnum)

_MAX_TEXT = 200


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One thing that is wrong in a document.

    Attributes:
        path: where, such as "resellers[0].members[1].role"; empty for the document as a whole.
        problem: what, as the rest of a sentence.
    """

    path: str
    problem: str

    def __str__(self) -> str:
        """Place and problem in one line."""
        return f"{self.path}: {self.problem}" if self.path else self.problem


class Node:
    """A mapping in a document. What is read wrong becomes a fault, and a harmless value goes on in its place.

    Args:
        raw: what the document has there; anything but a mapping is a fault.
        path: where it stands.
        faults: the document's faults so far; grows.
        names: the entries it may have; any other is a fault.
    """

    def __init__(self, raw: object, path: str, faults: list[DocumentFault], names: tuple[str, ...]) -> None:
        self.path = path
        self.faults = faults
        self._entries: Mapping[object, object] = {}
        if not isinstance(raw, Mapping):
            self.fault("", f"{_shown(raw)} where a mapping was expected")
            self.faults = []  # that all its entries are missing needs no saying
            return
        self._entries = raw
        for name in raw:
            if name not in names:
                self.fault(str(name), f"unknown; known here are {', '.join(names)}")

    def place(self, name: str) -> str:
        """The path of an entry of this mapping."""
        return f"{self.path}.{name}" if self.path and name else self.path or name

    def fault(self, name: str, problem: str) -> None:
        """Notes a fault at an entry, or at the mapping itself if the name is empty."""
        self.faults.append(DocumentFault(self.place(name), problem))

    def has(self, name: str) -> bool:
        """Whether there is a value; null counts as none."""
        return self._entries.get(name) is not None

    def text(self, name: str, shape: re.Pattern[str] | None = None, *, like: str = "") -> str:
        """A text that must be there.

        Args:
            name: the entry.
            shape: what the whole of it must match.
            like: an example of the shape, for the fault.
        """
        return self._judge(self._entries.get(name), self.place(name), shape, like)

    def optional_text(self, name: str, shape: re.Pattern[str] | None = None, *, like: str = "") -> str:
        """A text that may be absent, null or empty; all give the empty text."""
        return self.text(name, shape, like=like) if self.has(name) and self._entries[name] != "" else ""

    def flag(self, name: str) -> bool:
        """A true or false; false where absent."""
        value = self._entries.get(name, False)
        if not isinstance(value, bool):
            self.fault(name, f"{_shown(value)} is not true or false")
            return False
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """One of an enumeration's texts, which must be there."""
        value = self._entries.get(name)
        members = list(choices)
        for member in members:
            if value == member:
                return member
        self.fault(name, "missing" if value is None else f"{_shown(value)} is not one of {', '.join(members)}")
        return members[0]

    def node(self, name: str, names: tuple[str, ...]) -> Node | None:
        """A mapping inside this one; None where absent or null."""
        return Node(self._entries[name], self.place(name), self.faults, names) if self.has(name) else None

    def nodes(self, name: str, names: tuple[str, ...]) -> Iterator[Node]:
        """The mappings in a list; nothing where it is absent or null."""
        for index, raw in enumerate(self._list(name)):
            yield Node(raw, f"{self.place(name)}[{index}]", self.faults, names)

    def texts(self, name: str, shape: re.Pattern[str], *, like: str) -> tuple[str, ...]:
        """A list of texts of one shape, each once."""
        seen = Unique()
        texts = []
        for index, raw in enumerate(self._list(name)):
            text = self._judge(raw, f"{self.place(name)}[{index}]", shape, like)
            if text and seen.first(text, self, f"{name}[{index}]", text):
                texts.append(text)
        return tuple(texts)

    def _judge(self, value: object, path: str, shape: re.Pattern[str] | None, like: str) -> str:
        if value is None:
            problem = "missing"
        elif not isinstance(value, str):
            problem = f"{_shown(value)} is not text; put quotes around it"
        elif not value.strip() or not value.isprintable() or len(value) > _MAX_TEXT:
            problem = f"{_shown(value)} is empty, too long, or has characters that cannot be shown"
        elif shape and not shape.fullmatch(value):
            problem = f"{_shown(value)} does not look like {like}"
        else:
            return value
        self.faults.append(DocumentFault(path, problem))
        return ""

    def _list(self, name: str) -> list[object]:
        value = self._entries.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(name, f"{_shown(value)} where a list was expected")
            return []
        return value


class Unique:
    """Remembers where something first stood, and notes a fault where it stands again."""

    def __init__(self) -> None:
        self._first: dict[Hashable, str] = {}

    def first(self, value: Hashable, node: Node, name: str, shown: str) -> bool:
        """Whether this is the first time; otherwise a fault that names the first place. The empty text never counts."""
        if value == "":
            return True
        place = node.place(name)
        before = self._first.setdefault(value, place)
        if before != place:
            node.fault(name, f"{shown} stands at {before} already")
        return before == place


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - one line of a terminal
