"""Servers of somebody else's, asked in JSON over HTTPS: the manufacturer's registry, the exchange system."""

from __future__ import annotations

import json
import time
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPResponse

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class NoAnswerError(Exception):
    """The server is slow, gone, refuses, or talks nonsense."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The address is configured; whoever answers may not send identifiers and the key elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


class Partner:
    """A server behind an address.

    Args:
        url: ``https://…``; plain HTTP only on this machine.
        name: what the server is, as an error calls it: ``the registry``.
        token: sent as a bearer token; empty for none.
        longest: bytes of an answer that are read.

    Raises:
        ValueError: the address is not one that identifiers may be sent to.
    """

    def __init__(self, url: str, *, name: str, token: str, longest: int) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ValueError(f"{name}'s address must begin with https://")
        self._url = url
        self._token = token
        self._longest = longest
        self._opener = urllib.request.build_opener(_NoRedirects)

    def ask(self, question: Mapping[str, Any], *, seconds: float, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - whatever somebody's server says
        """The answer to a question.

        Args:
            question: goes as JSON.
            seconds: how long the answer is waited for, from the first byte to the last.
            headers: of this question alone.

        Raises:
            NoAnswerError: there is no usable answer.
        """
        sent = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        body = json.dumps(question).encode()
        request = urllib.request.Request(self._url, data=body, headers=sent, method="POST")  # noqa: S310 - the scheme was checked
        try:
            with self._opener.open(request, timeout=seconds) as answer:
                return json.loads(self._read(answer, until=time.monotonic() + seconds))
        except (OSError, ValueError, RecursionError, HTTPException) as error:
            raise NoAnswerError from error

    def _read(self, answer: HTTPResponse, *, until: float) -> bytes:
        """The body, unless it comes drop by drop: the time-out of a socket counts from each of them anew."""
        body = b""
        while piece := answer.read1(self._longest):
            body += piece
            if len(body) > self._longest or time.monotonic() > until:
                raise ValueError("the answer is too long, or took too long")
        return body
