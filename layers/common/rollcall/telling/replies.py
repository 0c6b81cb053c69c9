"""What follows in the thread under a copy of a notice: each said once, or found again where that is not certain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from rollcall.posted import Copy
from rollcall.slack.sender import MessageGoneError, UndeliverableError
from rollcall.store.posts import SOMEWHERE, Post

if TYPE_CHECKING:
    from rollcall.telling.copies import Copies
    from rollcall.telling.news import News, Reply


class Replies:
    """Says what follows under the copies of one notice.

    Args:
        copies: of the notice.
        news: what there is to tell.
    """

    def __init__(self, copies: Copies, news: News) -> None:
        self._copies = copies
        self._news = news

    def under(self, head: Post) -> None:
        """Says what is still to be said under one copy.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        for reply in self._news.replies(head):
            said = self._copies.get(head.place, reply.part)
            if said is None or (not said.ts and not said.refused):
                self._say(head, reply, said)

    def _say(self, head: Post, reply: Reply, said: Post | None) -> None:
        copy = Copy(head.place.team, head.channel, head.ts)
        if said is None:
            said = self._copies.intend(Post(head.place, part=reply.part, channel=head.channel))
        elif found := self._find(copy, reply, said.posting_since):
            self._copies.keep(replace(said, ts=found.ts))
            return
        try:
            ts = self._send(head, copy, reply)
        except (UndeliverableError, MessageGoneError, SlackApiError) as error:
            # The message itself is there; what would have followed it is in Rollcall for whoever asks.
            self._copies.refuse(said, error)
        else:
            self._copies.keep(replace(said, ts=ts))

    def _send(self, head: Post, copy: Copy, reply: Reply) -> str:
        """Sends a reply; its ``ts``, as far as Slack says."""
        if reply.file:
            text, name = reply.message.text, reply.file
            self._copies.sender.share(copy, name=name, title=self._title(reply), content=reply.content(), comment=text)
            return SOMEWHERE
        posted, _ = self._copies.post(head, reply.message, mark=self._mark(reply), thread=head.ts)
        return posted.ts

    def _find(self, copy: Copy, reply: Reply, since: float) -> Copy | None:
        sender = self._copies.sender
        if reply.file:
            return sender.find_file(copy, title=self._title(reply), since=since, thread=copy.ts)
        return sender.find(copy, mark=self._mark(reply), since=since, thread=copy.ts)

    def _title(self, reply: Reply) -> str:
        return f"{self._copies.kept.notice.subject} {reply.file}"

    def _mark(self, reply: Reply) -> dict[str, str]:
        return {**self._copies.mark, "part": reply.part}
