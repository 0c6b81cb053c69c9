"""A customer's whole audit as a CSV file (row B18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.errands.errand import Done

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools


def audit(tools: Tools, errand: Errand) -> Done:
    """Writes it, or the next piece of it, and sends it once it is whole."""
    tools.audits.run(errand.message, seconds_left=errand.seconds_left)
    return Done()
