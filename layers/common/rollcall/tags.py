"""Tags of devices: what one may look like, and what adding and removing some makes of those a device has."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rollcall.devices import Device

#: Characters of a tag, and tags of a device, where people set them; what came in a file stays as it was.
LONGEST: Final = 40
MOST: Final = 20
#: Besides letters and digits of any script. ``|`` stands between the tags of a cell, ``+`` and ``-`` before typed ones.
_ALLOWED: Final = frozenset(" ._-/&@:#")


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags to add and to remove.

    Attributes:
        add: in the order in which they were named, each once.
        remove: likewise; in any case.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.add or self.remove)

    def apply(self, tags: Sequence[str]) -> tuple[str, ...]:
        """The tags of a device afterwards: those it has stay in their order, new ones follow."""
        gone = {term(tag) for tag in self.remove}
        kept = [tag for tag in tags if term(tag) not in gone]
        there = {term(tag) for tag in kept}
        return (*kept, *(tag for tag in self.add if term(tag) not in there))

    def fault(self, tags: Sequence[str]) -> Fault | None:
        """Why a device cannot have what would become of its tags; None if it can.

        A device that came with more tags than people may set can still lose some.
        """
        after = self.apply(tags)
        if len(after) <= MOST or len(after) <= len(tags):
            return None
        return Fault("TAGS_TOO_MANY", details={"count": str(len(after))})


@dataclass(frozen=True, slots=True)
class Tagged:
    """What came of one device.

    Attributes:
        device: as it was read.
        tags: as they are now.
        changed: something was added or removed.
        fault: why nothing was; None otherwise.
    """

    device: Device
    tags: tuple[str, ...]
    changed: bool = False
    fault: Fault | None = None


def normalised(text: str) -> str:
    """A tag as it is kept: composed, of usual width, with single blanks and nothing before or behind."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def term(tag: str) -> str:
    """A tag as it is compared: in any case."""
    return normalised(tag).casefold()


def read_change(signed: Iterable[str]) -> tuple[TagChange, tuple[Fault, ...]]:
    """What ``+stock -old`` asks for, and what is wrong with it.

    Args:
        signed: texts with their signs; the tags may be quoted after the sign.
    """
    faults: list[Fault] = []
    add: dict[str, str] = {}
    remove: dict[str, str] = {}
    for text in signed:
        tag = normalised(text[1:].strip().strip('"'))
        fault = _fault(tag)
        if fault:
            faults.append(fault)
        else:
            (add if text.startswith("+") else remove).setdefault(term(tag), tag)
    faults += [Fault("TAG_TWICE", value=add[key]) for key in add if key in remove]
    return TagChange(tuple(add.values()), tuple(remove.values())), tuple(faults)


def _fault(tag: str) -> Fault | None:
    if len(tag) > LONGEST:
        return Fault("TAG_LENGTH", value=tag)
    bad = next(
        (one for one in tag if not (one.isalnum() or one in _ALLOWED or unicodedata.category(one)[0] == "M")), ""
    )
    if bad or not tag:
        return Fault("TAG_CHARACTERS", value=tag, details={"character": bad} if bad else {})
    return None


def _is_usable(character: str) -> bool:
    """Letters and digits of any script, with the marks that belong to them, and a few signs."""
    return character.isalnum() or character in _ALLOWED or unicodedata.category(character).startswith("M")
