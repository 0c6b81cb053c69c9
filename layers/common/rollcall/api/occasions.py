"""What a caller asks for once: by an id of their own, or simply by asking (row P20)."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from rollcall.api.problems import refused
from rollcall.store.api_requests import ApiRequest, fingerprint_of, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.api.requests import Request
    from rollcall.store.api_requests import ApiRequestsStore


class Occasions:
    """Tells a repeat from a new request.

    Args:
        requests: what was asked for before.
        clock: epoch seconds.
    """

    def __init__(self, requests: ApiRequestsStore, clock: Callable[[], float]) -> None:
        self._requests = requests
        self._clock = clock

    def of(self, request: Request, call: str) -> ApiRequest:
        """The occasion that a request is: that of its first time, where it is a repeat.

        Args:
            request: with or without a transaction id.
            call: what is asked for; each call has transaction ids of its own.

        Returns:
            What names the occasion is its ``subject``, random; who asked first is ``by``.

        Raises:
            ProblemError: the transaction id was used for something else.
        """
        caller = request.caller
        occasion = ApiRequest("", fingerprint_of(request.body), secrets.token_hex(16), caller.by)
        transaction = request.body.get("transaction_id")
        if not transaction:
            return occasion
        key = key_of(caller.account, call, transaction)
        now = self._clock()
        known = self._requests.get(key, now=now) or self._requests.claim(replace(occasion, key=key), now=now)
        if known.fingerprint != occasion.fingerprint:
            raise refused("TRANSACTION_REUSED")
        return known
