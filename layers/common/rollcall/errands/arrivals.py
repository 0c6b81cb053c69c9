"""What follows by itself when devices have reached a customer, or are gone again (rows B16, B17)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rollcall.conflicts import Generation
from rollcall.errands.errand import Done
from rollcall.ruling.assembly import Arrivals
from rollcall.ruling.messages import again, onward, progress_of, recount
from rollcall.ruling.progress import HaltedError, Progress
from rollcall.store import clients
from rollcall.store.queues import Queue
from rollcall.store.transactions import OutOfTimeError
from rollcall.telling.readers import customer_reader
from rollcall.views import rules as views

if TYPE_CHECKING:
    from rollcall.approvals.assembly import Workshop
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools
    from rollcall.store.parts import Part

#: How often the index of devices is given time to show what is there, and seconds before each time.
_PASSES: Final = 4
_PAUSE: Final = 5


def arrived(tools: Tools, errand: Errand) -> Done:
    """Counts what an upload brought of a customer's orders, then lets its rules accept what they may."""
    workshop, arrivals = _workshop(tools, errand)
    part = _part(workshop, errand)
    if part is None:
        return Done("Nothing arrived")
    progress = progress_of(errand.message)
    try:
        if not progress.counted:
            if arrivals.counting.count(part, begun=progress) is False and _comes_again(tools, errand):
                return Done("Devices are counted again", finished=False)
            progress = Progress(counted=True)
        ruling = arrivals.ruler.rule(part, reference=errand.reference, begun=progress)
    except OutOfTimeError as late:
        _send_on(tools, errand, late.progress if isinstance(late, HaltedError) else progress, part)
        return Done("Rules go on", finished=False)
    for one in ruling.made if ruling else ():
        workshop.tidings.announce(one.decision)
    _tell(workshop, part)
    if ruling is None:
        return Done("No rule decides")
    records = [workshop.decisions.get(one.decision) for one in ruling.made]
    accepted = sum(record.devices for record in records if record)
    details = {"accepted": accepted, "rules": len(ruling.made), "left": dict(ruling.left)}
    return Done("Rules decided", details, {"DevicesAccepted": accepted, "DevicesAcceptedByRule": accepted})


def recount_upload(tools: Tools, errand: Errand) -> Done:
    """Counts an upload anew, whose devices or orders have changed."""
    workshop, arrivals = _workshop(tools, errand)
    part = _part(workshop, errand)
    if part is None:
        return Done("Nothing to count")
    try:
        exact = arrivals.counting.count(part, again=True, begun=progress_of(errand.message))
    except HaltedError as late:
        _send_on(tools, errand, late.progress, part)
        return Done("Counting goes on", finished=False)
    if exact is None:
        return Done("Nothing came of the orders")
    _tell(workshop, part)
    if not exact and _comes_again(tools, errand):
        return Done("Devices are counted again", finished=False)
    return Done("Orders are counted")


def recount_orders(tools: Tools, errand: Errand) -> Done:
    """Counts the newest uploads of a reseller anew, since its orders have changed."""
    _, arrivals = _workshop(tools, errand)
    job = errand.message
    uploads = arrivals.counting.uploads_of(job["customer"], job["reseller"])
    _queue(tools).send([recount(upload, job["customer"], once=job["id"]) for upload in uploads])
    return Done("Uploads are counted anew", {"uploads": len(uploads)})


def try_rule(tools: Tools, errand: Errand) -> Done:
    """Says to whoever asked what a rule would have done, once."""
    job = errand.message
    if tools.copies.get(job["id"]) is not None:
        return Done()
    workshop, arrivals = _workshop(tools, errand)
    rule = workshop.decisions.rules.get(job["account"], job["rule"])
    if rule is None:
        return Done("Rule is gone")
    played = arrivals.rehearsal.play(rule)
    reader = customer_reader(tools.accounts, rule.customer, rule.resellers)
    copy = tools.sender.to_person(job["home_team"], job["user"], views.rehearsed(played, reader))
    tools.copies.put(job["id"], copy, now=time.time())
    return Done("Rule was tried", {"seen": played.seen, "taken": played.taken})


def _workshop(tools: Tools, errand: Errand) -> tuple[Workshop, Arrivals]:
    workshop = tools.workshop(errand.seconds_left)
    return workshop, Arrivals(
        tools.settings,
        workshop.decisions,
        workshop.jobs,
        dynamodb=clients.dynamodb(),
        seconds_left=errand.seconds_left,
    )


def _part(workshop: Workshop, errand: Errand) -> Part | None:
    part = workshop.decisions.parts.get(errand.message["upload"], errand.message["customer"])
    return None if part is None or part.in_progress else part


def _tell(workshop: Workshop, part: Part) -> None:
    """Brings both sides' messages about the upload up to date."""
    workshop.tidings.devices_changed([Generation(part.reseller, part.customer, part.upload, 0)])


def _comes_again(tools: Tools, errand: Errand) -> bool:
    """Has the same done once more in a moment, unless that was often enough."""
    passes = int(errand.message.get("passes", 0))
    if passes >= _PASSES:
        return False
    _queue(tools).send([again(errand.message, passes=passes + 1)], delay=_PAUSE)
    return True


def _send_on(tools: Tools, errand: Errand, progress: Progress, part: Part) -> None:
    """Has the next round begin where this one ended.

    Raises:
        NoProgressError: this one came nowhere, or there were too many; the message fails, and ends in the dead letters.
    """
    _queue(tools).send([onward(errand.message, progress, devices=part.stored)])


def _queue(tools: Tools) -> Queue:
    return Queue(clients.sqs(), tools.settings.jobs_queue_url)
