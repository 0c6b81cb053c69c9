"""Parts that are imported and made when something of them is first used.

A new environment has three seconds for its first answer, and that answer needs one part of many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class _FirstUse:
    """Stands for a part."""

    __slots__ = ("_make", "_part")

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the part has
        if name == "_part":
            self._part = self._make()
            return self._part
        return getattr(self._part, name)


def on_first_use(make: Callable[[], T]) -> T:
    """What stands for a part until something of it is used; from then on it passes everything to the part.

    Args:
        make: imports the part's modules and makes it; called once.
    """
    return cast("T", _FirstUse(make))
