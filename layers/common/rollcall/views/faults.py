"""A fault in a message: what is wrong and what to do, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.errors import Fault
    from rollcall.views.wording import Wording


def fault_line(fault: Fault, say: Wording = ENGLISH) -> str:
    """Cause and remedy as mrkdwn; what somebody typed may stand in them."""
    return say.fault_line(fault)
