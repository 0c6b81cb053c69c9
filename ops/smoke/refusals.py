"""How a check says that AWS does not behave as our code takes for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable


class WrongError(Exception):
    """AWS does not behave as our code takes for granted; says how."""


def refused(call: Callable[[], object], what: str) -> None:
    """Holds AWS to its limits.

    Args:
        call: goes beyond one.
        what: names it, as the subject of a sentence.

    Raises:
        WrongError: it was taken.
    """
    try:
        call()
    except ClientError:
        return
    raise WrongError(f"{what} was taken")
