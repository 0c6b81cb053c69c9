"""Posted copies of notices: intended, posted, edited, refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.routes import Place, PlaceKind
from rollcall.store.binding import bind
from rollcall.store.notices import KEPT
from rollcall.store.notices_table import COPY_PREFIX, PostItem, notice_pk

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Stands for the ``ts`` of what Slack posts when it is ready, and never says where.
SOMEWHERE: Final = "-"


@dataclass(frozen=True, slots=True)
class Post:
    """One copy of a notice, or a reply under one.

    Attributes:
        place: whom it is for.
        part: of a reply, which one; empty for the message itself.
        channel: where it is; empty while unknown.
        ts: Slack's id of it; empty while unknown, and where Slack gives none.
        posting_since: a post was begun then and nobody knows how it ended, epoch seconds; 0 if there is no such doubt.
        digest: of what it says.
        first: what the subject's state was when it was posted.
        shape: how much of a message the workspace takes.
        refused: Slack's code if the place takes nothing; ``refused_version`` is the version that was tried.
    """

    place: Place
    part: str = ""
    channel: str = ""
    ts: str = ""
    posting_since: float = 0.0
    digest: str = ""
    first: str = ""
    shape: str = ""
    refused: str = ""
    refused_version: int = 0

    @property
    def is_live(self) -> bool:
        """It is there and can be edited."""
        return bool(self.ts) and not self.refused


class PostsStore:
    """Remembers copies.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(PostItem, table, region=region, host=host)

    def of(self, notice: str) -> dict[tuple[Place, str], Post]:
        """Every copy of a notice by its place and part."""
        items = self._items.query(notice_pk(notice), PostItem.sk.startswith(COPY_PREFIX), consistent_read=True)
        return {(post.place, post.part): post for post in self._posts(items)}

    def put(self, notice: str, post: Post, *, now: float) -> None:
        """Remembers a copy as it is now. Only the worker that has taken the notice may.

        Args:
            notice: id.
            post: the copy.
            now: epoch seconds.
        """
        place = post.place
        self._items(
            pk=notice_pk(notice),
            sk=f"{COPY_PREFIX}{place.key}{f'#{post.part}' if post.part else ''}",
            team=place.team,
            name=place.name,
            kind=place.kind.value,
            channel=post.channel or None,
            ts=post.ts or None,
            posting_since=post.posting_since or None,
            digest=post.digest or None,
            first=post.first or None,
            shape=post.shape or None,
            refused=post.refused or None,
            refused_version=post.refused_version or None,
            expires=int(now) + KEPT,
        ).save()

    def forget(self, notice: str) -> None:
        """Forgets all copies of a notice: they stay as they are, and the next message is a new one."""
        for item in self._items.query(notice_pk(notice), PostItem.sk.startswith(COPY_PREFIX), consistent_read=True):
            item.delete()

    @staticmethod
    def _posts(items: Iterator[PostItem]) -> Iterator[Post]:
        for item in items:
            place = Place(PlaceKind(item.kind), item.team, item.name)
            yield Post(
                place=place,
                part=item.sk.removeprefix(f"{COPY_PREFIX}{place.key}").removeprefix("#"),
                channel=item.channel or "",
                ts=item.ts or "",
                posting_since=float(item.posting_since or 0),
                digest=item.digest or "",
                first=item.first or "",
                shape=item.shape or "",
                refused=item.refused or "",
                refused_version=int(item.refused_version or 0),
            )
