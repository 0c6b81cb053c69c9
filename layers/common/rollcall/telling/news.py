"""What there is to tell of a subject, as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.notices import Kept
    from rollcall.routes import Place, Stop
    from rollcall.store.posts import Post
    from rollcall.views.message import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """Something that is said once, in the thread under a copy.

    Attributes:
        part: names it among the replies of its notice.
        message: what is said.
        file: name of a file that goes with it; empty for none.
        content: reads the file's bytes.
    """

    part: str
    message: Message
    file: str = ""
    content: Callable[[], bytes] = bytes


@dataclass(frozen=True, slots=True)
class News:
    """A notice, drawn.

    Attributes:
        stops: the route; the first stop that takes it is enough.
        draw: the message for a place, with the time at which it is true; empty to compare two messages by.
        state: what the subject's state is, in a word.
        replies: what follows under a copy.
        number: how many things it is about; all that is said of it where another company reads along.
    """

    stops: tuple[Stop, ...]
    draw: Callable[[Place, str], Message]
    state: str
    replies: Callable[[Post], Sequence[Reply]] = lambda _: ()
    number: int = 1


class Source(Protocol):
    """Knows one kind of notice."""

    def settled(self, kept: Kept) -> bool:
        """Whether it is told at once, however lately it was told before; otherwise edits keep a distance."""

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None if nothing is, or somebody else tells it."""
