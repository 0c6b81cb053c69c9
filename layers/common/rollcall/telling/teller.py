"""Tells a notice: takes it, reads the state of its subject, brings the message to its places, remembers."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall.store.notices import HeldError
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.notice_kinds import NoticeKind
    from rollcall.notices import Kept
    from rollcall.routes import Place
    from rollcall.store.notices import NoticesStore
    from rollcall.telling.channels import ChannelTroubles
    from rollcall.telling.courier import Courier, Delivery
    from rollcall.telling.herald import Herald
    from rollcall.telling.news import News, Source

#: Seconds between two edits of a message that is not final.
DISTANCE: Final = 2
#: Places whose refusal is remembered of a notice that nobody could be told: an account may have very many admins.
_TROUBLES: Final = 50
#: Rounds within one call, for what became due while it was told.
_ROUNDS: Final = 3


class Told(StrEnum):
    """What came of telling a notice."""

    TOLD = "told"
    LATER = "later"
    UNDELIVERED = "undelivered"
    UNKNOWN = "unknown"


class Teller:
    """Tells notices.

    Args:
        notices: what is to be told.
        courier: brings it to its places.
        sources: what each kind of notice is about.
        troubles: is told of channels that cannot be posted to.
        herald: sends for a notice to be told again later.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        notices: NoticesStore,
        courier: Courier,
        sources: Mapping[NoticeKind, Source],
        troubles: ChannelTroubles,
        herald: Herald,
        clock: Callable[[], float],
    ) -> None:
        self._notices = notices
        self._courier = courier
        self._sources = sources
        self._troubles = troubles
        self._herald = herald
        self._clock = clock

    def tell(self, notice: str, *, worker: str, seconds: float) -> Told:
        """Tells what is true now; safe to repeat at any point.

        Args:
            notice: id.
            worker: names this attempt, different for each.
            seconds: how long the worker may run.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        now = self._clock()
        try:
            kept = self._notices.take(notice, worker=worker, now=now, until=now + seconds)
        except HeldError:
            self._later(notice, now + DISTANCE)
            return Told.LATER
        if kept is None:
            return Told.UNKNOWN
        told = Told.LATER
        try:
            told = self._tell(kept)
        finally:
            if told is Told.LATER:  # else it was given back with what was remembered
                self._notices.release(notice, worker=worker)
        return told

    def _tell(self, kept: Kept) -> Told:
        for _ in range(_ROUNDS):
            source = self._sources[kept.notice.kind]
            if self._clock() < kept.told_at + DISTANCE and not source.settled(kept):
                self._later(kept.notice.id, kept.told_at + DISTANCE)
                return Told.LATER
            result, done = self._settle(kept, source.news(kept))
            if done:
                return result
            newer = self._notices.get(kept.notice.id)
            if newer is None:
                return Told.UNKNOWN
            kept = newer
        self._later(kept.notice.id, self._clock() + DISTANCE)
        return Told.LATER

    def _settle(self, kept: Kept, news: News | None) -> tuple[Told, bool]:
        """Tells one version; False as the second where a newer one has come meanwhile."""
        notice = kept.notice
        if news is None:
            return Told.TOLD, self._notices.told(notice.id, kept.version, now=self._clock())
        delivery = self._courier.bring(kept, news)
        self._report(kept, delivery)
        if delivery.live:
            return Told.TOLD, self._notices.told(notice.id, kept.version, now=self._clock())
        trouble = {**dict(kept.trouble), **{place.key: code for place, code in delivery.refused}}
        at = utc(datetime.fromtimestamp(self._clock(), UTC))
        return Told.UNDELIVERED, self._notices.undelivered(
            notice.id, kept.version, list(trouble.items())[-_TROUBLES:], at=at
        )

    def took(self, place: Place, account: str) -> None:
        """A channel of an account's took a message that was no notice."""
        self._troubles.mended(place, account)

    def left(self, place: Place, account: str) -> None:
        """An account tells nothing in a channel any more."""
        self._troubles.left(place, account)

    def _report(self, kept: Kept, delivery: Delivery) -> None:
        """Has the account's admins hear of channels that begin or cease to refuse."""
        for place in delivery.opened:
            if not place.is_dm:
                self._troubles.mended(place, kept.notice.account)
        for place, code in delivery.refused:
            if not place.is_dm:
                self._troubles.refused(place, kept.notice.account, code)

    def _later(self, notice: str, moment: float) -> None:
        """Has the notice told again, once for all who ask for it until then."""
        now = self._clock()
        delay = max(1, round(moment - now))
        if self._notices.schedule(notice, now=now, until=now + delay):
            self._herald.call(notice, delay=delay)
