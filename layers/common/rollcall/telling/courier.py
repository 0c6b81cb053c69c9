"""Brings a notice to its places: each copy is posted once, remembered, and edited from then on.

A post is intended before it is made and remembered after. Whoever finds an intent without an end looks for the message
in Slack before posting it again; where the app may not look, it posts, and of two messages one is taken away as soon as
Slack tells of it (`rollcall.telling.strays`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from rollcall.slack.sender import (
    BlocksRefusedError,
    Copy,
    MessageGoneError,
    RetryLaterError,
    UndeliverableError,
)
from rollcall.slack.shapes import LESS, Shape, shaped
from rollcall.store.posts import SOMEWHERE, Post
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rollcall.routes import Place
    from rollcall.slack.sender import Sender
    from rollcall.store.notices import Kept
    from rollcall.store.posts import PostsStore
    from rollcall.telling.news import News, Reply
    from rollcall.views.message import Message


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of bringing a notice.

    Attributes:
        live: the places that have it.
        opened: those of them that did not have it before.
        refused: the places that refused it now, with Slack's code.
    """

    live: tuple[Place, ...]
    opened: tuple[Place, ...]
    refused: tuple[tuple[Place, str], ...]


class Courier:
    """Posts and edits.

    Args:
        posts: the copies that are remembered.
        sender: speaks to Slack.
        clock: epoch seconds.
    """

    def __init__(self, posts: PostsStore, sender: Sender, clock: Callable[[], float]) -> None:
        self._posts = posts
        self._sender = sender
        self._clock = clock

    def bring(self, kept: Kept, news: News) -> Delivery:
        """Brings every copy up to date, and makes the first if there is none. Only who has taken the notice may.

        Raises:
            RetryLaterError: Slack limits the rate; what was done is remembered.
            SlackDownError: Slack has trouble; likewise.
        """
        return _Round(kept, news, self._posts, self._sender, self._clock).run()


class _Round:
    """One round to the places of one notice."""

    def __init__(self, kept: Kept, news: News, posts: PostsStore, sender: Sender, clock: Callable[[], float]) -> None:
        self._kept = kept
        self._news = news
        self._posts = posts
        self._sender = sender
        self._clock = clock
        self._known = posts.of(kept.notice.id)
        self._opened: list[Place] = []
        self._refused: list[tuple[Place, str]] = []

    def run(self) -> Delivery:
        for (place, part), post in list(self._known.items()):
            if not part and (post.is_live or self._in_doubt(post)):
                self._tell(place)
        if self._live():
            self._complete()
        else:
            self._walk()
        for place in self._live():
            self._reply(place)
        return Delivery(tuple(self._live()), tuple(self._opened), tuple(self._refused))

    def _live(self) -> list[Place]:
        return [place for (place, part), post in self._known.items() if not part and post.is_live]

    @staticmethod
    def _in_doubt(post: Post) -> bool:
        return bool(post.posting_since) and not post.ts and not post.refused

    def _complete(self) -> None:
        """Tells those of a stop that were left out when the round before was cut short."""
        live = set(self._live())
        stop = next((stop for stop in self._news.stops if live & set(stop)), ())
        for place in stop:
            if (place, "") not in self._known:
                self._tell(place)

    def _walk(self) -> None:
        """Goes along the route until a stop takes it. What refused this very version is not asked again."""
        for stop in self._news.stops:
            for place in stop:
                post = self._known.get((place, ""))
                if post is None or post.refused_version < self._kept.version:
                    self._tell(place)
            if self._live():
                return

    def _tell(self, place: Place) -> None:
        post = self._known.get((place, "")) or Post(place)
        try:
            if post.is_live:
                self._edit(post)
            else:
                self._post(replace(post, ts="", refused="", digest=""))
        except MessageGoneError:
            self._tell_anew(place)
        except (UndeliverableError, SlackApiError) as error:
            self._refuse(place, error)

    def _tell_anew(self, place: Place) -> None:
        try:
            self._post(Post(place))
        except (UndeliverableError, SlackApiError) as error:
            self._refuse(place, error)

    def _edit(self, post: Post) -> None:
        digest = _digest(self._news.draw(post.place, ""))
        if digest == post.digest:
            return
        message = self._news.draw(post.place, self._now())
        copy = Copy(post.place.team, post.channel, post.ts)
        shape = self._send(post, message, lambda shown: self._sender.edit(copy, shown))
        self._keep(replace(post, digest=digest, shape=shape, posting_since=0.0))

    def _post(self, post: Post) -> None:
        place = post.place
        channel = post.channel or (self._sender.open_dm(place.team, place.name) if place.is_dm else place.name)
        copy = Copy(place.team, channel, "")
        mark = {"notice": self._kept.notice.id}
        doubt = self._in_doubt(post)
        if doubt:
            found = self._sender.find(copy, mark=mark, since=post.posting_since)
            if found:
                # What it says is not known, so it counts as something else than what is true now.
                self._keep(replace(post, channel=channel, ts=found.ts, digest=""))
                self._edit(self._known[place, ""])
                return
        else:
            self._keep(Post(place, channel=channel, posting_since=self._clock(), shape=post.shape))
        post = self._known[place, ""]
        posted: list[Copy] = []
        message = self._news.draw(place, self._now())
        try:
            shape = self._send(post, message, lambda shown: posted.append(self._sender.post(copy, shown, mark=mark)))
        except RetryLaterError:
            if not doubt:  # it is certain that nothing was posted
                self._keep(replace(post, posting_since=0.0))
            raise
        self._opened.append(place)
        digest = _digest(self._news.draw(place, ""))
        self._keep(
            Post(
                place,
                channel=channel,
                ts=posted[0].ts,
                digest=digest,
                first=self._news.state,
                shape=shape,
            )
        )

    def _send(self, post: Post, message: Message, send: Callable[[Message], None]) -> Shape:
        """Sends in the fullest shape that the workspace takes; returns it."""
        shape = Shape(post.shape) if post.shape else Shape.WHOLE
        while True:
            try:
                send(shaped(message, shape))
            except BlocksRefusedError as error:
                if shape not in LESS:
                    raise UndeliverableError(str(error)) from error
                shape = LESS[shape]
            else:
                return shape

    def _reply(self, place: Place) -> None:
        head = self._known[place, ""]
        for reply in self._news.replies(head):
            said = self._known.get((place, reply.part))
            if said is None or (not said.ts and not said.refused):
                self._say(head, reply, said)

    def _say(self, head: Post, reply: Reply, said: Post | None) -> None:
        place = head.place
        copy = Copy(place.team, head.channel, head.ts)
        if said is None:
            said = Post(place, part=reply.part, channel=head.channel, posting_since=self._clock())
            self._keep(said)
        elif found := self._find(copy, reply, said.posting_since):
            self._keep(replace(said, ts=found.ts))
            return
        posted: list[Copy] = []
        try:
            if reply.file:
                text, name = reply.message.text, reply.file
                self._sender.share(copy, name=name, title=self._title(reply), content=reply.content(), comment=text)
            else:
                self._send(
                    head,
                    reply.message,
                    lambda shown: posted.append(self._sender.post(copy, shown, mark=self._mark(reply), thread=head.ts)),
                )
        except (UndeliverableError, MessageGoneError, SlackApiError) as error:
            # The message itself is there; what would have followed it is in Rollcall for whoever asks.
            self._keep(replace(said, refused=_code(error), refused_version=self._kept.version))
        else:
            self._keep(replace(said, ts=posted[0].ts if posted else SOMEWHERE))

    def _find(self, copy: Copy, reply: Reply, since: float) -> Copy | None:
        if reply.file:
            return self._sender.find_file(copy, title=self._title(reply), since=since, thread=copy.ts)
        return self._sender.find(copy, mark=self._mark(reply), since=since, thread=copy.ts)

    def _title(self, reply: Reply) -> str:
        return f"{self._kept.notice.subject} {reply.file}"

    def _mark(self, reply: Reply) -> dict[str, str]:
        return {"notice": self._kept.notice.id, "part": reply.part}

    def _refuse(self, place: Place, error: Exception) -> None:
        code = _code(error)
        known = self._known.get((place, "")) or Post(place)
        self._keep(replace(known, refused=code, refused_version=self._kept.version, posting_since=0.0))
        self._refused.append((place, code))

    def _keep(self, post: Post) -> None:
        self._posts.put(self._kept.notice.id, post, now=self._clock())
        self._known[post.place, post.part] = post

    def _now(self) -> str:
        return utc(datetime.fromtimestamp(self._clock(), UTC))


def _code(error: Exception) -> str:
    """Slack's code of a refusal."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error") or "unknown")
    return str(getattr(error, "code", "") or error)


def _digest(message: Message) -> str:
    shown: Iterable[object] = (message.text, message.blocks)
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
