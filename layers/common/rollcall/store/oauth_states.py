"""States of installs that are under way, behind slack_sdk's interface: random, good once and for ten minutes."""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.models import Model
from slack_sdk.oauth.state_store import OAuthStateStore

from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds for which a state is good.
SECONDS: Final = 600
#: Seconds for which it is remembered, so that a page can say what became of it.
_KEPT: Final = 24 * 3600
_BYTES: Final = 32
_STATE: Final = "state"


class StateItem(Model):
    """``oauth#<digest>`` / ``state`` in the accounts table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=_STATE)
    until = NumberAttribute()
    invitation = UnicodeAttribute(null=True)
    used_at = NumberAttribute(null=True)
    expires = NumberAttribute()


class Fate(StrEnum):
    """What became of a state."""

    WAITING = "waiting"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class OAuthStates(OAuthStateStore):
    """Gives out states and takes them back. The state itself is nowhere kept, only its digest.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
        clock: epoch seconds.
    """

    def __init__(
        self,
        table: str,
        *,
        region: str | None = None,
        host: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._items = bind(StateItem, table, region=region, host=host)
        self._clock = clock

    @property
    def logger(self) -> logging.Logger:
        """slack_sdk asks for it; nothing is logged here."""
        return logging.getLogger(__name__)

    def issue(self, *_: Any, **__: Any) -> str:  # noqa: ANN401 - as slack_sdk declares it
        """A new state."""
        return self.issue_for("")

    def issue_for(self, invitation: str) -> str:
        """A new state of somebody who came by an invitation.

        Args:
            invitation: its id, which is the digest of its code; empty for none.
        """
        state = secrets.token_urlsafe(_BYTES)
        now = int(self._clock())
        self._items(pk=_pk(state), until=now + SECONDS, invitation=invitation or None, expires=now + _KEPT).save()
        return state

    def invitation(self, state: str) -> str:
        """The id of the invitation that somebody came by; empty for none."""
        try:
            item = self._items.get(_pk(state), _STATE, consistent_read=True)
        except self._items.DoesNotExist:
            return ""
        return item.invitation or ""

    def consume(self, state: str) -> bool:
        """Uses a state up; False if it is none of ours, was used before, or is too old."""
        now = int(self._clock())
        unused = StateItem.pk.exists() & StateItem.used_at.does_not_exist() & (StateItem.until > now)
        try:
            self._items(pk=_pk(state)).update(actions=[StateItem.used_at.set(now)], condition=unused)
        except UpdateError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def fate(self, state: str) -> Fate:
        """What became of a state, to be told to whoever comes back with it."""
        try:
            item = self._items.get(_pk(state), _STATE, consistent_read=True)
        except self._items.DoesNotExist:
            return Fate.UNKNOWN
        if item.used_at:
            return Fate.USED
        return Fate.WAITING if item.until > int(self._clock()) else Fate.EXPIRED


def _pk(state: str) -> str:
    return f"oauth#{hashlib.sha256(state.encode()).hexdigest()}"
