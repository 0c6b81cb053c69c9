"""The copies of one notice while it is told: what is known of each, and how one is sent and remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from rollcall.posted import Copy
from rollcall.slack.sender import BlocksRefusedError, UndeliverableError
from rollcall.slack.shapes import LESS, Shape, shaped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.notices import Kept
    from rollcall.routes import Place
    from rollcall.slack.sender import Sender
    from rollcall.store.posts import Post, PostsStore
    from rollcall.views.message import Message


class Copies:
    """What is known of a notice's copies, and the one way to change it.

    Args:
        kept: the notice, taken by this worker.
        posts: the copies that are remembered.
        sender: speaks to Slack.
        clock: epoch seconds.
    """

    def __init__(self, kept: Kept, posts: PostsStore, sender: Sender, clock: Callable[[], float]) -> None:
        self.kept = kept
        self.sender = sender
        self._posts = posts
        self._clock = clock
        self._known = posts.of(kept.notice.id)

    @property
    def mark(self) -> dict[str, str]:
        """What goes with each message unseen."""
        return {"notice": self.kept.notice.id}

    def get(self, place: Place, part: str = "") -> Post | None:
        """The copy at a place, or a reply under it; None if there is none."""
        return self._known.get((place, part))

    def heads(self) -> list[Post]:
        """Every copy, without replies."""
        return [post for (_, part), post in self._known.items() if not part]

    def keep(self, post: Post) -> Post:
        """Remembers a copy as it is now."""
        self._posts.put(self.kept.notice.id, post, now=self._clock())
        self._known[post.place, post.part] = post
        return post

    def intend(self, post: Post) -> Post:
        """Remembers that a copy is about to be posted, and since when."""
        return self.keep(replace(post, ts="", posting_since=self._clock()))

    def refuse(self, post: Post, error: Exception) -> str:
        """Remembers that a place takes nothing of this version; Slack's code."""
        code = code_of(error)
        self.keep(replace(post, refused=code, refused_version=self.kept.version, posting_since=0.0))
        return code

    def post(self, at: Post, message: Message, *, mark: Mapping[str, str], thread: str = "") -> tuple[Copy, Shape]:
        """Posts a message in the fullest shape that the workspace takes; where it is, and the shape.

        Args:
            at: names the place, and the shape that was taken last.
            message: what to say.
            mark: what goes with it unseen.
            thread: ``ts`` of the message to post it under; empty for none.
        """
        posted: list[Copy] = []
        copy = Copy(at.place.team, at.channel, "")
        shape = self._send(
            at, message, lambda shown: posted.append(self.sender.post(copy, shown, mark=mark, thread=thread))
        )
        return posted[0], shape

    def edit(self, post: Post, message: Message) -> Shape:
        """Changes what a copy says; the shape that was taken."""
        copy = Copy(post.place.team, post.channel, post.ts)
        return self._send(post, message, lambda shown: self.sender.edit(copy, shown))

    @staticmethod
    def _send(at: Post, message: Message, send: Callable[[Message], None]) -> Shape:
        shape = Shape(at.shape) if at.shape else Shape.WHOLE
        while True:
            try:
                send(shaped(message, shape))
            except BlocksRefusedError as error:
                if shape not in LESS:
                    raise UndeliverableError(str(error)) from error
                shape = LESS[shape]
            else:
                return shape


def code_of(error: Exception) -> str:
    """Slack's code of a refusal."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error") or "unknown")
    return str(getattr(error, "code", "") or error)
