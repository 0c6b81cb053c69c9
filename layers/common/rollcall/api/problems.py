"""What a caller is told who is refused: problem documents after RFC 9457, with our code and a reference."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from rollcall.errors import CATALOGUE, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.api.checking import Wrong

#: HTTP status of each code that a whole request can be refused for.
STATUS_OF: Final[Mapping[str, HTTPStatus]] = {
    "KEY_INVALID": HTTPStatus.UNAUTHORIZED,
    "KEY_NOT_ALLOWED": HTTPStatus.FORBIDDEN,
    "DECISION_NOT_ALLOWED": HTTPStatus.FORBIDDEN,
    "ROUTE_UNKNOWN": HTTPStatus.NOT_FOUND,
    "NOT_FOUND": HTTPStatus.NOT_FOUND,
    "METHOD_UNKNOWN": HTTPStatus.METHOD_NOT_ALLOWED,
    "REQUEST_INVALID": HTTPStatus.BAD_REQUEST,
    "BODY_NOT_JSON": HTTPStatus.BAD_REQUEST,
    "CURSOR_INVALID": HTTPStatus.BAD_REQUEST,
    "BODY_TOO_LARGE": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "UPLOAD_AMBIGUOUS": HTTPStatus.CONFLICT,
    "UPLOAD_IN_PROGRESS": HTTPStatus.CONFLICT,
    "UPLOAD_BEING_DECIDED": HTTPStatus.CONFLICT,
    "UPLOAD_CHANGED": HTTPStatus.CONFLICT,
    "UPLOAD_LAPSED": HTTPStatus.CONFLICT,
    "RESELLER_NOT_REGISTERED": HTTPStatus.CONFLICT,
    "TRANSACTION_REUSED": HTTPStatus.CONFLICT,
    "RATE_LIMIT": HTTPStatus.TOO_MANY_REQUESTS,
    "SERVICE_FAILED": HTTPStatus.INTERNAL_SERVER_ERROR,
    "SERVICE_BUSY": HTTPStatus.SERVICE_UNAVAILABLE,
}

#: Media type of a problem document.
PROBLEM_JSON: Final = "application/problem+json"


class ProblemError(Exception):
    """A request is refused.

    Attributes:
        fault: why; its code decides the HTTP status.
        wrongs: of a request that is not as the call wants it: each place that is wrong.
        headers: that go along.
    """

    def __init__(self, fault: Fault, wrongs: Sequence[Wrong] = (), headers: Mapping[str, str] | None = None) -> None:
        self.fault = fault
        self.wrongs = tuple(wrongs)
        self.headers = dict(headers or {})
        super().__init__(fault.code)

    @property
    def status(self) -> HTTPStatus:
        """HTTP status; what is wrong with the thing asked for, and not with the request, is 422."""
        return STATUS_OF.get(self.fault.code, HTTPStatus.UNPROCESSABLE_ENTITY)


def refused(code: str, **details: str) -> ProblemError:
    """The refusal with a code of the catalogue and what its texts have placeholders for."""
    return ProblemError(Fault(code, details=details))


def document(problem: ProblemError, reference: str) -> dict[str, Any]:
    """The problem document. It repeats nothing of the request, so that not-yours and not-there are the same text.

    Args:
        problem: why.
        reference: the id under which the logs tell more.
    """
    fault = problem.fault
    body: dict[str, Any] = {
        "type": f"urn:rollcall:problem:{fault.code.lower().replace('_', '-')}",
        "title": CATALOGUE[fault.code].title,
        "status": int(problem.status),
        "detail": fault.message,
        "remedy": fault.remedy,
        "code": fault.code,
        "reference": reference,
    }
    if problem.wrongs:
        body["errors"] = [{"field": wrong.field, "code": wrong.code, "message": wrong.said} for wrong in problem.wrongs]
    return body
