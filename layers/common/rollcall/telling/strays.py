"""Messages that were posted and not remembered: the worker died in between, or Slack's answer never came.

Slack tells an app of every message that carries metadata of its own (``message_metadata_posted``), in channels whose
history the app may not read, too. What is told of is compared with what is remembered: it is the remembered one, or it
is taken for the one that was meant, or it is one too many and goes.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from rollcall.store.posts import SOMEWHERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.posted import Copy
    from rollcall.slack.sender import Sender
    from rollcall.store.notices import NoticesStore
    from rollcall.store.posts import Post, PostsStore
    from rollcall.telling.herald import Herald


class Found(StrEnum):
    """What became of a message that Slack told of."""

    KNOWN = "known"
    ADOPTED = "adopted"
    REMOVED = "removed"
    LEFT = "left"


class Strays:
    """Brings what stands in Slack and what is remembered of it together.

    Args:
        notices: what is told; a notice is taken while its copies are looked at.
        posts: the copies that are remembered.
        sender: speaks to Slack.
        herald: has a message that was taken for ours brought up to date.
        clock: epoch seconds.
    """

    def __init__(
        self,
        notices: NoticesStore,
        posts: PostsStore,
        sender: Sender,
        herald: Herald,
        clock: Callable[[], float],
    ) -> None:
        self._notices = notices
        self._posts = posts
        self._sender = sender
        self._herald = herald
        self._clock = clock

    def found(self, notice: str, copy: Copy, *, part: str, worker: str, seconds: float) -> Found:
        """Looks at one message; safe to repeat at any point.

        Args:
            notice: id that the message is marked with.
            copy: where it is.
            part: the reply that it is marked as; empty for the notice's own message.
            worker: names this attempt.
            seconds: how long the worker may run.

        Raises:
            HeldError: the notice is being told just now.
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
            UndeliverableError: nothing can be changed there.
        """
        now = self._clock()
        if self._notices.take(notice, worker=worker, now=now, until=now + seconds) is None:
            return Found.LEFT
        try:
            return self._compare(notice, copy, part)
        finally:
            self._notices.release(notice, worker=worker)

    def _compare(self, notice: str, copy: Copy, part: str) -> Found:
        meant = self._meant(notice, copy, part)
        if meant is None:
            # Forgotten on purpose, or its place was given up: it stays as it is.
            return Found.LEFT
        if meant.ts in (copy.ts, SOMEWHERE):
            return Found.KNOWN
        if meant.ts:
            self._sender.delete(copy)
            return Found.REMOVED
        # What it says is not known, so it counts as something else than what is true now.
        self._posts.put(notice, replace(meant, ts=copy.ts, digest=""), now=self._clock())
        self._herald.call(notice)
        return Found.ADOPTED

    def _meant(self, notice: str, copy: Copy, part: str) -> Post | None:
        """The copy that is remembered, or was begun, in that channel."""
        for (place, of), post in self._posts.of(notice).items():
            where = (place.team, post.channel or place.name)
            if of == part and where == (copy.team, copy.channel) and not post.refused:
                return post
        return None
