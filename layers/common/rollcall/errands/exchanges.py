"""IMEIs that are exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.errands.errand import Done
from rollcall.exchanging import assembly
from rollcall.exchanging.systems import system
from rollcall.store import clients

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools


def exchange(tools: Tools, errand: Errand) -> Done:
    """Asks the exchange system, and ends the exchange as it says, or when its time is up."""
    runner = assembly.runner(
        tools.settings,
        dynamodb=clients.dynamodb(),
        sqs=clients.sqs(),
        seconds_left=errand.seconds_left,
        system=system(tools.settings),
    )
    found = runner.run(errand.message["id"])
    if found is None:
        return Done("Nothing to exchange", warning=True)
    return Done("Exchange worked on", {"state": found.state, "tries": found.tries}, finished=found.is_over)
