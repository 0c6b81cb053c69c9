"""Decisions on more devices than a click can decide on, and lists in the bucket that become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.approvals.figures import METRICS
from rollcall.errands.errand import Done
from rollcall.notifications import NewObject
from rollcall.store import clients

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools
    from rollcall.jobs import Job


def decide(tools: Tools, errand: Errand) -> Done:
    """Works on a decision until it is done or the time is up."""
    return _worked(tools.workshop(errand.seconds_left).runner(clients.s3()).run(errand.message["id"]))


def accept_file(tools: Tools, errand: Errand) -> Done:
    """Begins the decision that a list in the bucket is."""
    new = NewObject(errand.message["bucket"], errand.message["key"], errand.message["version"])
    workshop = tools.workshop(errand.seconds_left)
    job = workshop.list_files(clients.s3()).begin(new, reference=errand.reference)
    if job:
        workshop.tidings.follow(job)
    return _worked(job)


def _worked(job: Job | None) -> Done:
    if job is None:
        return Done("Nothing to decide on", warning=True)
    details = {"state": job.state, "done": job.done, "total": job.total, "by_code": dict(job.by_code)}
    counts = {METRICS[job.decision.kind]: job.decided} if job.is_over else {}
    return Done("Decision worked on", details, counts, finished=job.is_over)
