"""Who asks: a key, the account that it is of, and what its role may do at this moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.accounts import ResellerRole
from rollcall.api.problems import ProblemError, refused
from rollcall.errors import Fault
from rollcall.permissions import allows
from rollcall.scopes import Scope, Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import ApiKey
    from rollcall.permissions import Act
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.request_counts import RequestCountsStore

_BEARER: Final = re.compile(r"bearer +([!-~]{1,200})", re.IGNORECASE)
_ASK: Final = {"WWW-Authenticate": 'Bearer realm="rollcall"'}


@dataclass(frozen=True, slots=True)
class Caller:
    """A key that was sent, as it is stored."""

    key: ApiKey

    @property
    def account(self) -> str:
        """Account id."""
        return self.key.account

    @property
    def scope(self) -> Scope:
        """Whose things may be read."""
        side = Side.RESELLER if isinstance(self.key.role, ResellerRole) else Side.CUSTOMER
        return Scope(self.key.account, side)

    @property
    def by(self) -> str:
        """Who does something, as a device's history has it."""
        return f"api:{self.key.name}"


class Callers:
    """Lets keys in.

    Args:
        accounts: the keys.
        counts: how often each has asked.
        per_minute: requests that one key may make in a minute.
        clock: epoch seconds.
    """

    def __init__(
        self, accounts: AccountsStore, counts: RequestCountsStore, per_minute: int, clock: Callable[[], float]
    ) -> None:
        self._accounts = accounts
        self._counts = counts
        self._per_minute = per_minute
        self._clock = clock

    def admit(self, authorization: str, act: Act) -> Caller:
        """The caller that a header names.

        Args:
            authorization: the header, empty if there was none.
            act: what they want to do.

        Raises:
            ProblemError: the key is none, asks too often, or may not.
        """
        match = _BEARER.fullmatch(authorization.strip())
        key = self._accounts.key(match[1]) if match else None
        if key is None:
            raise ProblemError(Fault("KEY_INVALID"), headers=_ASK)
        seconds = self._counts.count(key.sha256, most=self._per_minute, now=self._clock())
        if seconds:
            fault = Fault("RATE_LIMIT", details={"limit": f"{self._per_minute:,}"})
            raise ProblemError(fault, headers={"Retry-After": str(seconds)})
        if not allows(key.role, act):
            raise refused("KEY_NOT_ALLOWED", act=act.value)
        return Caller(key)
