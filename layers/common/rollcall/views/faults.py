"""A fault in a message: what is wrong and what to do, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import sentence
from rollcall.views.text import plain

if TYPE_CHECKING:
    from rollcall.errors import Fault

_LONGEST: Final = 500


def fault_line(fault: Fault) -> str:
    """Cause and remedy as mrkdwn; what somebody typed may stand in them."""
    return plain(sentence(fault), _LONGEST)
