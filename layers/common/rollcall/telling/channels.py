"""Channels that cannot be posted to: their account's admins hear of it once, with what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.notices import channel_notice
from rollcall.operations import ChannelTrouble
from rollcall.routes import admins_only
from rollcall.telling.news import News
from rollcall.uploads import utc
from rollcall.views import notices as views
from rollcall.views.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.notices import Kept
    from rollcall.routes import Place
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.notices import NoticesStore
    from rollcall.store.posts import PostsStore
    from rollcall.store.troubles import TroublesStore
    from rollcall.telling.herald import Herald

#: The note of a channel that had trouble and has none now.
_MENDED: Final = "ok"


class ChannelTroubles:
    """Remembers which channels refuse, and draws what their admins are told.

    Args:
        notices: where that is remembered.
        troubles: where operators see all of them.
        posts: where it was told.
        accounts: whose channels they are.
        herald: has it told.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        notices: NoticesStore,
        troubles: TroublesStore,
        posts: PostsStore,
        accounts: AccountsStore,
        herald: Herald,
        clock: Callable[[], float],
    ) -> None:
        self._notices = notices
        self._troubles = troubles
        self._posts = posts
        self._accounts = accounts
        self._herald = herald
        self._clock = clock

    def refused(self, place: Place, account: str, code: str) -> None:
        """A channel refused a message for good; one that the account has left meanwhile is nobody's trouble."""
        if not self._is_theirs(place, account):
            return
        notice = channel_notice(place.team, place.name, account)
        known = self._notices.get(notice.id)
        if known is None or known.note != code:
            self._troubles.put(ChannelTrouble(place.team, place.name, account, code, self._now()))
        if known is None:
            self._herald.begin(notice, at=self._now(), note=code)
        elif known.note != code:
            if known.note == _MENDED:
                # What was said of the last time is over; a new message is noticed, an edited one is not.
                self._posts.forget(notice.id)
            self._note(known, code)

    def mended(self, place: Place, account: str) -> None:
        """A channel took a message."""
        known = self._notices.get(channel_notice(place.team, place.name, account).id)
        if known and known.note != _MENDED:
            self._troubles.remove(place.team, place.name, account)
            self._note(known, _MENDED)

    def left(self, place: Place, account: str) -> None:
        """An account names another channel now, or none: whether the old one takes messages matters no more."""
        if self._is_theirs(place, account):
            return
        self._troubles.remove(place.team, place.name, account)
        known = self._notices.get(channel_notice(place.team, place.name, account).id)
        if known and known.note != _MENDED:
            # Nothing is said of it, since nothing is known; should it be named again and refuse, that is news.
            self._notices.note(known.notice.id, _MENDED)

    def _is_theirs(self, place: Place, account: str) -> bool:
        profile = self._accounts.reseller(account) or self._accounts.customer(account)
        named = profile.notify if profile else None
        return named is not None and (named.team, named.channel) == (place.team, place.name)

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Trouble is told at once."""
        return True

    def news(self, kept: Kept) -> News:
        """What the account's admins are told."""
        team, _, channel = kept.notice.subject.partition("#")
        account = kept.notice.account
        profile = self._accounts.reseller(account) or self._accounts.customer(account)
        company = profile.name if profile else account
        say = Wording(profile.language) if profile else ENGLISH
        code = "" if kept.note == _MENDED else kept.note
        return News(
            stops=admins_only(self._accounts.members_of(account)),
            draw=lambda place, _: views.channel_trouble(
                channel, code, company, account, same_team=place.team == team, say=say
            ),
            state=kept.note,
        )

    def _note(self, known: Kept, note: str) -> None:
        self._notices.note(known.notice.id, note)
        self._herald.mark(known.notice, at=self._now())

    def _now(self) -> str:
        return utc(datetime.fromtimestamp(self._clock(), UTC))
