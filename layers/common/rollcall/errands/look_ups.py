"""The state of all devices in a file that somebody put into the bot's messages (row B14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.errands.errand import Done

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools


def look_up(tools: Tools, errand: Errand) -> Done:
    """Looks the rows up, or those of the next piece, and sends the answer once it is whole."""
    tools.look_ups(errand.message, last=errand.last).run(errand.message, seconds_left=errand.seconds_left)
    return Done()
