"""What the ways through devices have in common: blocks of rows, and the gaps at the edges of uploads.

Lists that are newest first run against the order of lines, so no index can simply be read from end to end: the ways
go from upload to upload in one direction, and through each upload in the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from rollcall.cursors import END, LAST_LINE, Gap
from rollcall.paging import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rollcall.devices import ListedDevice

T = TypeVar("T")
K = TypeVar("K")

#: Rows of one request at the most, and by how much each asks for more than the one before.
MOST_ROWS: Final = 250
GROWTH: Final = 2


@dataclass(frozen=True, slots=True)
class Block(Generic[T, K]):
    """What one request brought.

    Attributes:
        items: in the order that was asked for.
        reached: key of the last row that was looked at, if rows may follow behind it; None at the end.
    """

    items: tuple[T, ...]
    reached: K | None = None


def group_of(device: ListedDevice) -> str:
    """The key of the upload that a device came with."""
    return f"{device.uploaded_at}#{device.generation.upload}"


def bounds(step: int, gap: Gap | None, *, backwards: bool) -> tuple[int, int]:
    """The lines of a step that lie ahead of a gap."""
    low, high = 0, LAST_LINE
    if gap is None or gap.step == step:
        return (low, high) if gap is None else (low, gap.line) if backwards else (gap.line, high)
    is_ahead = step < gap.step if backwards else step > gap.step
    return (low, high) if is_ahead else (low, low)


def lines(key: str, devices: Iterable[ListedDevice], step: int = 0) -> Iterator[Seen[ListedDevice]]:
    """Devices of one step of an upload with the gaps around them."""
    for device in devices:
        line = line_of(device)
        yield Seen(device, Gap(key, step, line), Gap(key, step, line + 1))


def line_of(device: ListedDevice) -> int:
    """The line of its file that a device came with."""
    return device.generation.line


def near_edge(key: str, *, backwards: bool) -> Gap:
    """The end of an upload that a walk comes to first."""
    return Gap(key, END) if backwards else Gap(key)


def far_edge(key: str, *, backwards: bool) -> Gap:
    """The end of an upload that a walk comes to last."""
    return Gap(key) if backwards else Gap(key, END)
