"""Decisions that a customer's own systems take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall.api.finding import find
from rollcall.api.problems import ProblemError
from rollcall.api.requests import Answer
from rollcall.approvals.answers import Denied, NeedsRegistration, Queued, Stale, Taken
from rollcall.approvals.wishes import Approver, Wish
from rollcall.decisions import DecisionKind
from rollcall.errors import Fault
from rollcall.jobs import JobKind
from rollcall.lists import named

if TYPE_CHECKING:
    from rollcall.api.occasions import Occasions
    from rollcall.api.requests import Request
    from rollcall.approvals import Answer as Decided
    from rollcall.approvals import Approvals
    from rollcall.store.upload_lists import UploadLists

_CALL: Final = "decisions"


class Deciding:
    """Takes decisions, each by a job.

    Args:
        approvals: decides.
        lists: finds uploads.
        occasions: tells a repeat from a new request.
    """

    def __init__(
        self,
        *,
        approvals: Approvals,
        lists: UploadLists,
        occasions: Occasions,
    ) -> None:
        self._approvals = approvals
        self._lists = lists
        self._occasions = occasions

    def decide(self, request: Request) -> Answer:
        """Begins a decision, once for each transaction id.

        Raises:
            ProblemError: it cannot be begun, or the transaction id was used for something else.
        """
        caller, body = request.caller, request.body
        occasion = self._occasions.of(request, _CALL)
        # A repeat is the decision of the key that asked first, whichever of the account's keys repeats it.
        approver = Approver(caller.account, caller.key.role, occasion.by)
        wish = Wish(
            once=f"api\0{occasion.subject}",
            kind=DecisionKind(body["decision"]),
            reason=body.get("reason") or "",
            reference=request.reference,
        )
        return Answer({"job_id": _begun(self._decide(request, approver, wish))})

    def _decide(self, request: Request, approver: Approver, wish: Wish) -> Decided:
        approval_id = request.body.get("approval_id") or ""
        if "upload_id" in request.body:
            upload = find(self._lists, request.caller.scope, request.body["upload_id"])
            wish = replace(wish, approval_id=approval_id)
            return self._approvals.decide_all(approver, upload.id, wish)
        lines = named(request.body["identifiers"])
        if approval_id and len(lines) > 1:
            wish = replace(wish, approval_id=approval_id)  # which is refused: it is for a single device
        elif approval_id:
            lines = (replace(lines[0], approval_id=approval_id),)
        return self._approvals.decide_list(approver, lines, wish, kind=JobKind.DECIDE_LIST)


def _begun(answer: Decided) -> str:
    """The id of the job that decides.

    Raises:
        ProblemError: nothing was decided.
    """
    match answer:
        case Queued(job):
            return job.id
        case Denied(faults):
            raise ProblemError(faults[0])
        case NeedsRegistration():
            raise ProblemError(Fault("RESELLER_NOT_REGISTERED"))
        case Taken():
            raise ProblemError(Fault("UPLOAD_BEING_DECIDED"))
        case Stale():
            raise ProblemError(Fault("UPLOAD_CHANGED"))
        case _:
            raise TypeError(f"not decided by a job: {answer!r}")
