"""The exchange system that a stack is connected with; apart, since only who works on exchanges needs to speak to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.exchanges import NoExchangeSystem
from rollcall.store.exchange_http import HttpExchangeSystem
from rollcall.store.secrets import Secrets

if TYPE_CHECKING:
    from rollcall.exchanges import ExchangeSystem
    from rollcall.settings import Settings

#: Name of the system's token under its path in Parameter Store.
_TOKEN = "token"  # noqa: S105 - a name


def system(settings: Settings) -> ExchangeSystem:
    """The exchange system of a stack; one that never answers where none is connected."""
    if not settings.exchange_url:
        return NoExchangeSystem()
    return HttpExchangeSystem(
        settings.exchange_url,
        token=Secrets(settings.exchange_secrets).get(_TOKEN),
        seconds=settings.exchange_seconds,
    )
