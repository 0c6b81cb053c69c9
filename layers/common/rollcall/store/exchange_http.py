"""The exchange system as a server of somebody else's, asked over HTTPS; docs/exchanges.md says what it must answer."""

from __future__ import annotations

import json
import time
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from rollcall.exchanges import Answer, Verdict

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from rollcall.exchanges import Exchange

#: Bytes of an answer that are read.
_LONGEST_ANSWER: Final = 64 * 1024
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_STATES: Final = {"done": Verdict.DONE, "failed": Verdict.FAILED, "pending": Verdict.LATER}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The address is configured; whoever answers may not send identifiers and the key elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


class HttpExchangeSystem:
    """An exchange system behind an address.

    One that is slow, gone or talks nonsense has not answered: it is asked again later, and nobody waits for it here.

    Args:
        url: ``https://…``; plain HTTP only on this machine.
        token: sent as a bearer token; empty for none.
        seconds: how long an answer is waited for.

    Raises:
        ValueError: the address is not one that identifiers may be sent to.
    """

    def __init__(self, url: str, *, token: str, seconds: float) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("the exchange system's address must begin with https://")
        self._url = url
        self._token = token
        self._seconds = seconds
        self._opener = urllib.request.build_opener(_NoRedirects)

    def exchange(self, exchange: Exchange) -> Answer:
        """Asks for an exchange, or how far it is."""
        question = {
            "exchange_id": exchange.id,
            "reseller": exchange.account,
            "customer": exchange.generation.customer,
            "old": exchange.old,
            "new": exchange.new,
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": exchange.id}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        body = json.dumps(question).encode()
        request = urllib.request.Request(self._url, data=body, headers=headers, method="POST")  # noqa: S310 - the scheme was checked
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                return _answer(json.loads(_read(answer, until=time.monotonic() + self._seconds)))
        except (OSError, ValueError, HTTPException):
            return Answer(Verdict.LATER)


def _read(answer: HTTPResponse, *, until: float) -> bytes:
    """The body, unless it comes drop by drop: the time-out of a socket counts from each of them anew."""
    body = b""
    while piece := answer.read1(_LONGEST_ANSWER):
        body += piece
        if len(body) > _LONGEST_ANSWER or time.monotonic() > until:
            raise ValueError("the answer is too long, or took too long")
    return body


def _answer(raw: Any) -> Answer:  # noqa: ANN401 - whatever somebody's server says
    state = raw.get("state") if isinstance(raw, dict) else None
    verdict = _STATES.get(state, Verdict.LATER) if isinstance(state, str) else Verdict.LATER
    reason = raw.get("reason") if verdict is Verdict.FAILED else ""
    return Answer(verdict, reason if isinstance(reason, str) else "")
