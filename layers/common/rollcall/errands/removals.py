"""Devices that are deleted, and uploads that are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.errands.errand import Done
from rollcall.removing import assembly
from rollcall.store import clients

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools


def remove(tools: Tools, errand: Errand) -> Done:
    """Works on a removal until it is done or the time is up."""
    runner = assembly.runner(
        tools.settings,
        dynamodb=clients.dynamodb(),
        sqs=clients.sqs(),
        seconds_left=errand.seconds_left,
        margin=10.0,
    )
    removal = runner.run(errand.message["id"])
    if removal is None:
        return Done("Nothing to remove", warning=True)
    details = {
        "state": removal.state,
        "done": removal.done,
        "total": removal.total,
        "gone": removal.gone,
        "by_code": dict(removal.by_code),
    }
    counts = {"DevicesRemoved": removal.gone} if removal.is_over else {}
    return Done("Removal worked on", details, counts, finished=removal.is_over)
