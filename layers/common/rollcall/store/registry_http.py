"""The registry as a server of somebody else's, asked over HTTPS; docs/registry.md says what it must answer."""

from __future__ import annotations

import json
import time
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from rollcall.registry import Opinion, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from http.client import HTTPResponse

    from rollcall.registry import Inquiry

#: Devices of one request.
BATCH: Final = 500
#: Bytes of an answer that are read; 500 devices with a model each are about 30 kB.
_LONGEST_ANSWER: Final = 1024 * 1024
#: Seconds of a worker's time that are left to it for what it does with the answers.
_RESERVE: Final = 15.0
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_OPINIONS: Final = {True: Opinion.RECOGNISED, False: Opinion.UNKNOWN, None: Opinion.NONE}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The address is configured; whoever answers may not send devices and the key elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


class HttpRegistry:
    """A registry behind an address.

    A registry that is slow, gone or talks nonsense makes no opinion: its verdicts are ``UNAVAILABLE``. After the first
    request without a usable answer no other is made, so that a worker loses one time-out and not one for each batch.

    Args:
        url: ``https://…``; plain HTTP only on this machine.
        token: sent as a bearer token; empty for none.
        seconds: how long an answer is waited for.
        seconds_left: how long the worker may still run.

    Raises:
        ValueError: the address is not one that devices may be sent to.
    """

    def __init__(self, url: str, *, token: str, seconds: float, seconds_left: Callable[[], float]) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError("the registry's address must begin with https://")
        self._url = url
        self._token = token
        self._seconds = seconds
        self._seconds_left = seconds_left
        self._opener = urllib.request.build_opener(_NoRedirects)

    def ask(self, inquiries: Sequence[Inquiry]) -> list[Verdict]:
        """What the registry says of some devices, in their order."""
        verdicts: list[Verdict] = []
        for start in range(0, len(inquiries), BATCH):
            batch = inquiries[start : start + BATCH]
            answer = self._ask(batch)
            if answer is None:
                break
            verdicts += answer
        return verdicts + [Verdict(Opinion.UNAVAILABLE)] * (len(inquiries) - len(verdicts))

    def _ask(self, batch: Sequence[Inquiry]) -> list[Verdict] | None:
        seconds = min(self._seconds, self._seconds_left() - _RESERVE)
        if seconds <= 0:
            return None
        body = json.dumps({"devices": [_question(one) for one in batch]}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._url, data=body, headers=headers, method="POST")  # noqa: S310 - the scheme was checked
        try:
            with self._opener.open(request, timeout=seconds) as answer:
                raw = json.loads(_read(answer, until=time.monotonic() + seconds))
        except (OSError, ValueError, RecursionError, HTTPException):
            return None
        return _verdicts(raw, len(batch))


def _read(answer: HTTPResponse, *, until: float) -> bytes:
    """The body, unless it comes drop by drop: the time-out of a socket counts from each of them anew."""
    body = b""
    while piece := answer.read1(_LONGEST_ANSWER):
        body += piece
        if len(body) > _LONGEST_ANSWER or time.monotonic() > until:
            raise ValueError("the answer is too long, or took too long")
    return body


def _question(inquiry: Inquiry) -> dict[str, str]:
    ids = {slot: identifier.value for slot, identifier in inquiry.ids.items()}
    return {"reseller": inquiry.reseller, **ids, **({"sold_to_code": inquiry.stc} if inquiry.stc else {})}


def _verdicts(raw: Any, count: int) -> list[Verdict] | None:  # noqa: ANN401 - whatever somebody's server says
    """The verdicts of an answer; None if it is not what was agreed."""
    devices = raw.get("devices") if isinstance(raw, dict) else None
    if not isinstance(devices, list) or len(devices) != count:
        return None
    verdicts = []
    for one in devices:
        if not isinstance(one, dict) or not isinstance(one.get("recognised"), bool | None):
            return None
        models = one.get("models") or ()
        if not isinstance(models, list | tuple) or not all(isinstance(model, str) for model in models):
            return None
        opinion = _OPINIONS[one.get("recognised")]
        verdicts.append(Verdict(opinion, tuple(models) if opinion is Opinion.RECOGNISED else ()))
    return verdicts
