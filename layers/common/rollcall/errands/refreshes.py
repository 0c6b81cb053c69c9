"""Devices that the manufacturer's registry is asked about again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errands.errand import Done
from rollcall.refreshes import AGAIN, KIND
from rollcall.refreshing.assembly import refreshes
from rollcall.refreshing.refreshes import Asker
from rollcall.refreshing.workshop import runner as runner_on
from rollcall.store import clients

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools

__all__: Final = ["AGAIN", "KIND", "ask_again", "refresh"]


def refresh(tools: Tools, errand: Errand) -> Done:
    """Works on a refresh until it is done or the time is up."""
    runner = runner_on(
        tools.settings,
        tools.registries.registry(errand.seconds_left),
        dynamodb=clients.dynamodb(),
        sqs=clients.sqs(),
        seconds_left=errand.seconds_left,
    )
    done = runner.run(errand.message["id"])
    if done is None:
        return Done("Nothing to refresh", warning=True)
    details = {"state": done.state, "done": done.done, "total": done.total, "healed": done.recognised}
    counts = {"DevicesHealed": done.recognised} if done.is_over else {}
    return Done("Refresh worked on", details, counts, finished=done.is_over)


def ask_again(tools: Tools, errand: Errand) -> Done:
    """Begins the refresh of an upload about which the registry never answered while it was stored."""
    upload = tools.uploads.get(errand.message["upload"])
    doubted = tools.uploads.unrecognised(upload.id) if upload else 0
    if upload is None or not doubted:
        return Done("Nothing to ask again")
    begin = refreshes(tools.settings, dynamodb=clients.dynamodb(), sqs=clients.sqs())
    begun = begin.of_upload(
        Asker(upload.reseller, "rollcall", upload.person),
        upload.id,
        devices=doubted,
        once=f"finish {upload.id}",
        reference=errand.reference,
    )
    return Done("Registry is asked again", {"refresh": begun.id, "devices": doubted})
