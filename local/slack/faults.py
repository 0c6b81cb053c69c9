"""Errors that the workspace answers with, named as Slack names them, and the faults that a test can order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class SlackError(Exception):
    """A refusal with Slack's code.

    Attributes:
        code: Slack's ``error``, such as ``channel_not_found``.
        messages: what stands in ``response_metadata.messages``.
    """

    def __init__(self, code: str, messages: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages


class RateLimitedError(Exception):
    """Too many calls; ``seconds`` is what Slack says in ``Retry-After``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


@dataclass(slots=True)
class Fault:
    """A fault to show on the next calls of a Web API method.

    Attributes:
        method: the method, or ``*`` for every one.
        kind: ``rate_limited`` (429), ``broken`` (500), ``slow`` (answers after ``seconds``) or ``error`` (``code``).
        times: how many more calls it meets.
        seconds: of waiting, for ``slow``; the ``Retry-After`` of ``rate_limited``.
        code: Slack's error, for ``error``.
    """

    method: str
    kind: Literal["rate_limited", "broken", "slow", "error"]
    times: int = 1
    seconds: float = 1.0
    code: str = "internal_error"
