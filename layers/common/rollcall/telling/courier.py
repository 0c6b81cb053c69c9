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

from rollcall.posted import Copy
from rollcall.slack.sender import MessageGoneError, RetryLaterError, UndeliverableError
from rollcall.store.posts import Post
from rollcall.telling.copies import Copies
from rollcall.telling.replies import Replies
from rollcall.uploads import utc
from rollcall.views.briefs import brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rollcall.notices import Kept
    from rollcall.routes import Place
    from rollcall.slack.sender import Sender
    from rollcall.store.posts import PostsStore
    from rollcall.telling.news import News
    from rollcall.telling.shared_channels import SharedChannels
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
        shared: knows where another company reads along.
        clock: epoch seconds.
    """

    def __init__(self, posts: PostsStore, sender: Sender, shared: SharedChannels, clock: Callable[[], float]) -> None:
        self._posts = posts
        self._sender = sender
        self._shared = shared
        self._clock = clock

    def bring(self, kept: Kept, news: News) -> Delivery:
        """Brings every copy up to date, and makes the first if there is none. Only who has taken the notice may.

        A copy that stands where the notice would not go any more, such as in the messages of somebody who has left
        the company, is left as it is: it says from when it is, or is the end of it.

        Raises:
            RetryLaterError: Slack limits the rate; what was done is remembered.
            SlackDownError: Slack has trouble; likewise.
        """
        return _Round(Copies(kept, self._posts, self._sender, self._clock), news, self._shared, self._clock).run()


class _Round:
    """One round to the places of one notice."""

    def __init__(self, copies: Copies, news: News, shared: SharedChannels, clock: Callable[[], float]) -> None:
        self._copies = copies
        self._news = news
        self._shared = shared
        self._clock = clock
        self._replies = Replies(copies, news)
        self._places = frozenset(place for stop in news.stops for place in stop)
        self._opened: list[Place] = []
        self._refused: list[tuple[Place, str]] = []
        self._is_shared: dict[Place, bool] = {}

    def run(self) -> Delivery:
        for post in self._copies.heads():
            if post.place in self._places and (post.is_live or self._in_doubt(post)):
                self._tell(post.place)
        if self._live():
            self._complete()
        else:
            self._walk()
        for post in self._live():
            if not self._reads_along(post.place):
                self._replies.under(post)
        live = tuple(post.place for post in self._live())
        return Delivery(live, tuple(self._opened), tuple(self._refused))

    def _live(self) -> list[Post]:
        return [post for post in self._copies.heads() if post.is_live and post.place in self._places]

    @staticmethod
    def _in_doubt(post: Post) -> bool:
        return bool(post.posting_since) and not post.ts and not post.refused

    def _complete(self) -> None:
        """Tells those of a stop that were left out when the round before was cut short."""
        live = {post.place for post in self._live()}
        stop = next((stop for stop in self._news.stops if live & set(stop)), ())
        for place in stop:
            if self._copies.get(place) is None:
                self._tell(place)

    def _walk(self) -> None:
        """Goes along the route until a stop takes it. What refused this very version is not asked again."""
        for stop in self._news.stops:
            for place in stop:
                post = self._copies.get(place)
                if post is None or post.refused_version < self._copies.kept.version:
                    self._tell(place)
            if self._live():
                return

    def _tell(self, place: Place) -> None:
        post = self._copies.get(place) or Post(place)
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

    def _draw(self, place: Place, as_of: str) -> Message:
        """What is said at a place: of a channel where another company reads along, how many of what."""
        if self._reads_along(place):
            return brief(self._copies.kept.notice, self._news.number, self._news.draw(place, as_of).say)
        return self._news.draw(place, as_of)

    def _reads_along(self, place: Place) -> bool:
        """Whether another company does; asked once a round."""
        if place not in self._is_shared:
            self._is_shared[place] = self._shared.includes(place)
        return self._is_shared[place]

    def _edit(self, post: Post) -> None:
        digest = _digest(self._draw(post.place, ""))
        if digest == post.digest:
            return
        shape = self._copies.edit(post, self._draw(post.place, self._now()))
        self._copies.keep(replace(post, digest=digest, shape=shape, posting_since=0.0))

    def _post(self, post: Post) -> None:
        place, sender = post.place, self._copies.sender
        channel = post.channel or (sender.open_dm(place.team, place.name) if place.is_dm else place.name)
        doubt = self._in_doubt(post)
        if doubt:
            found = sender.find(Copy(place.team, channel, ""), mark=self._copies.mark, since=post.posting_since)
            if found:
                # What it says is not known, so it counts as something else than what is true now.
                self._edit(self._copies.keep(replace(post, channel=channel, ts=found.ts, digest="")))
                return
        else:
            post = self._copies.intend(Post(place, channel=channel, shape=post.shape))
            self._shared.posted(place, self._copies.kept.notice.id)
        message = self._draw(place, self._now())
        try:
            posted, shape = self._copies.post(post, message, mark=self._copies.mark)
        except RetryLaterError:
            if not doubt:  # it is certain that nothing was posted
                self._copies.keep(replace(post, posting_since=0.0))
            raise
        self._opened.append(place)
        digest = _digest(self._draw(place, ""))
        self._copies.keep(
            Post(place, channel=channel, ts=posted.ts, digest=digest, first=self._news.state, shape=shape)
        )

    def _refuse(self, place: Place, error: Exception) -> None:
        code = self._copies.refuse(self._copies.get(place) or Post(place), error)
        self._refused.append((place, code))

    def _now(self) -> str:
        return utc(datetime.fromtimestamp(self._clock(), UTC))


def _digest(message: Message) -> str:
    shown: Iterable[object] = (message.text, message.blocks)
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
