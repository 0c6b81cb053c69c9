"""Jobs: what deletes devices, and how far one of any kind is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.api import bodies
from rollcall.api.problems import ProblemError, refused
from rollcall.api.requests import Answer
from rollcall.approvals.answers import Denied
from rollcall.removing.removers import Remover

if TYPE_CHECKING:
    from rollcall.api.occasions import Occasions
    from rollcall.api.requests import Request
    from rollcall.removing.removals import Removals
    from rollcall.store.jobs import JobsStore

_CALL: Final = "deletes"


class JobCalls:
    """Begins deletes, and answers questions about jobs.

    Args:
        jobs: decisions.
        removals: deletes.
        occasions: tells a repeat from a new request.
    """

    def __init__(self, *, jobs: JobsStore, removals: Removals, occasions: Occasions) -> None:
        self._jobs = jobs
        self._removals = removals
        self._occasions = occasions

    def delete(self, request: Request) -> Answer:
        """Begins a delete, once for each transaction id (row P15).

        Raises:
            ProblemError: it cannot be begun, or the transaction id was used for something else.
        """
        caller = request.caller
        occasion = self._occasions.of(request, _CALL)
        begun = self._removals.delete(
            Remover(caller.account, caller.key.role, occasion.by),
            request.body["identifiers"],
            once=f"api\0{occasion.subject}",
            reference=request.reference,
        )
        if isinstance(begun, Denied):
            raise ProblemError(begun.faults[0])
        return Answer({"job_id": begun.id})

    def one(self, request: Request) -> Answer:
        """How far a job of the account is.

        Raises:
            ProblemError: it is not there, or another company's.
        """
        id_, account = request.path["job_id"], request.caller.account
        job = self._jobs.get(id_)
        if job and job.account == account:
            return Answer(bodies.job(job))
        removal = self._removals.get(id_, account)
        if removal is None:
            raise refused("NOT_FOUND")
        return Answer(bodies.removal(removal))
