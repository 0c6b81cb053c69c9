"""What a person asks for, and a page of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from rollcall.transitions import Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeviceQuery:
    """Filters of a device list; they combine, and an empty one lets everything through (rows P2, P3).

    Attributes:
        customer: account or MSP id in upper case, or a name as it was typed.
        status: the state a device must have.
        order: order number as typed; how two of them compare is `rollcall.devices.order_term`.
        model: model as typed.
        tag: one tag as typed.
        upload: upload id in its displayed form, or the beginning of one.
        newest_first: by upload date, newest first; otherwise oldest first.
    """

    customer: str = ""
    status: Status | None = None
    order: str = ""
    model: str = ""
    tag: str = ""
    upload: str = ""
    newest_first: bool = True

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.customer or self.status or self.order or self.model or self.tag or self.upload)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some things out of a longer list.

    Attributes:
        items: in the order of the list.
        first: number of the first item, from 1; 0 for an empty page.
        total: things in the whole list; None where counting them would cost too much.
        before: opaque cursor of the page before; None at the beginning.
        after: likewise of the page that follows; None at the end.
        searched: set where the page ended because it had read enough, and not because it was full: the things that
            were looked at for it. More may follow behind ``after`` (going backwards: before ``before``).
    """

    items: tuple[T, ...]
    first: int = 0
    total: int | None = None
    before: str | None = None
    after: str | None = None
    searched: int | None = None

    @property
    def last(self) -> int:
        """Number of the last item; 0 for an empty page."""
        return self.first + len(self.items) - 1 if self.items else 0
