"""Channels that another company reads along in: there a notice is a count and a button, and no more.

Whether a channel is one is asked before posting, and remembered for a while. Slack tells by itself when that changes,
and then every notice that stands in the channel is drawn anew.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.routes import Place
    from rollcall.slack.channels import Channels
    from rollcall.store.channel_facts import ChannelFactsStore
    from rollcall.store.notices import NoticesStore
    from rollcall.telling.herald import Herald

#: Seconds for which an answer of Slack's is believed. An invitation causes no event, so it is found out by asking.
BELIEVED: Final = 600


class SharedChannels:
    """Knows which channels are shared with another company.

    Args:
        facts: what is remembered of channels.
        channels: asks Slack.
        notices: what stands in them.
        herald: has it drawn anew.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        facts: ChannelFactsStore,
        channels: Channels,
        notices: NoticesStore,
        herald: Herald,
        clock: Callable[[], float],
    ) -> None:
        self._facts = facts
        self._channels = channels
        self._notices = notices
        self._herald = herald
        self._clock = clock

    def includes(self, place: Place) -> bool:
        """Whether another company reads along in a place. Where nobody can know, it counts as one that does.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        if place.is_dm:
            return False
        known = self._facts.get(place.team, place.name)
        if known and known.seen_at > self._clock() - BELIEVED:
            return known.shared
        return self._look(place.team, place.name)

    def posted(self, place: Place, notice: str) -> None:
        """Remembers that a notice stands in a channel, to find it again when the channel changes."""
        if not place.is_dm:
            self._facts.posted(place.team, place.name, notice, now=self._clock())

    def changed(self, team: str, channel: str) -> int:
        """Looks at a channel of which Slack says that it changed, and has what stands in it drawn anew; how much.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        self._look(team, channel)
        at = utc(datetime.fromtimestamp(self._clock(), UTC))
        found = [self._notices.get(notice) for notice in self._facts.notices_in(team, channel)]
        for kept in found:
            if kept:
                self._herald.mark(kept.notice, at=at)
        return len(found)

    def _look(self, team: str, channel: str) -> bool:
        shared = self._channels.is_shared(team, channel)
        if shared is None:
            # Posting will say what is wrong, if anything is; until then nothing is given away.
            return True
        self._facts.put(team, channel, shared=shared, now=self._clock())
        return shared
