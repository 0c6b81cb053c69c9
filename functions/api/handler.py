"""The HTTP API for partner systems: one function behind ``/v1/…``."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.metrics import MetricUnit
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from rollcall.account_errors import BusyError
from rollcall.api.api import Api
from rollcall.api.operations import CSV, JSON, OPERATIONS
from rollcall.api.problems import PROBLEM_JSON, ProblemError, document, refused
from rollcall.errors import Fault
from rollcall.references import reference
from rollcall.settings import Settings
from rollcall.store import clients
from rollcall.store.deadlines import Deadline
from rollcall.store.queues import SendError
from rollcall.store.transactions import OutOfTimeError
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.api.operations import Operation
    from rollcall.api.requests import Answer

logger = Logger(service="api")
metrics = metrics_of("api")
app = APIGatewayHttpResolver()

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
#: Seconds after which a caller may try again what did not answer in time.
_PAUSE = "5"
#: Errors that the same request, sent again a moment later, may not meet.
_PASSING = frozenset(
    {
        *(
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "InternalServerError",
        ),
        *("TransactionConflictException", "ServiceUnavailable", "SlowDown", "InternalError", "RequestTimeout"),
    }
)
deadline = Deadline()


@cache
def api() -> Api:
    """The API of this execution environment, made at its first request."""
    return Api(Settings.from_env(os.environ), signer=clients.s3_signer(), seconds_left=deadline.left)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request."""
    deadline.start(context.get_remaining_time_in_millis() / 1000)
    with observed(logger, metrics, reference(context.aws_request_id)):
        answer: dict[str, Any] = app.resolve(event, context)
    status = int(answer["statusCode"])
    metrics.add_metric("ApiRequests", MetricUnit.Count, 1)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        metrics.add_metric("ApiFailed", MetricUnit.Count, 1)
    elif status >= HTTPStatus.BAD_REQUEST:
        metrics.add_metric("ApiRefused", MetricUnit.Count, 1)
    return answer


def _call(operation: Operation, **path: str) -> Response[str]:
    """One call; whatever happens, the answer is one of those that the description names."""
    logger.append_keys(call=operation.name.value)
    try:
        answer = api().answer(
            operation,
            path=path,
            query=app.current_event.raw_query_string or "",
            headers={name.lower(): value for name, value in app.current_event.headers.items()},
            body=_body(),
            reference=_reference(),
        )
    except ProblemError as problem:
        return _refusal(problem)
    except (BotoCoreError, ClientError, PynamoDBException, BusyError, OutOfTimeError, SendError) as error:
        return _broken(error)
    except Exception:
        logger.exception("Request failed")
        return _refusal(refused("SERVICE_FAILED"))
    return _said(operation, answer)


def _broken(error: Exception) -> Response[str]:
    """Something that we stand on did not do its part; what passes by itself is said so."""
    code = getattr(error, "cause_response_code", None) or _code(error)
    if isinstance(error, ClientError | PynamoDBException) and code not in _PASSING:
        logger.error("Request failed", code=code, exc_info=error)
        return _refusal(refused("SERVICE_FAILED"))
    logger.warning("Request put off", code=code, why=type(error).__name__)
    return _refusal(ProblemError(Fault("SERVICE_BUSY"), headers={"Retry-After": _PAUSE}))


def _code(error: Exception) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""


def _said(operation: Operation, answer: Answer) -> Response[str]:
    as_csv = answer.csv is not None
    return Response(
        status_code=answer.status or operation.status,
        content_type=f"{CSV}; charset=utf-8" if as_csv else JSON,
        headers={**_HEADERS, **answer.headers},
        body=(answer.csv or b"").decode("utf-8") if as_csv else _json(dict(answer.body)),
    )


def _refusal(problem: ProblemError) -> Response[str]:
    told = _reference()
    logger.info("Request refused", code=problem.fault.code, reference=told)
    return Response(
        status_code=int(problem.status),
        content_type=PROBLEM_JSON,
        headers={**_HEADERS, **problem.headers},
        body=_json(document(problem, told)),
    )


@app.not_found
def _no_route(_: Exception) -> Response[str]:
    """An address that there is not, one that takes other methods, or one with signs in it that the resolver skips."""
    method = app.current_event.http_method.upper()
    matches = [(operation, path) for operation in OPERATIONS.values() if (path := _match(operation))]
    # An address that is a call's own, such as devices/delete, is not also a device of that name.
    own = [(operation, path) for operation, path in matches if not path.groupdict()]
    found = {operation.method: (operation, path) for operation, path in own or matches}
    if method in found:
        operation, path = found[method]
        return _call(operation, **path.groupdict())
    allowed = sorted(found)
    if allowed:
        return _refusal(ProblemError(Fault("METHOD_UNKNOWN"), headers={"Allow": ", ".join(allowed)}))
    return _refusal(refused("ROUTE_UNKNOWN"))


def _match(operation: Operation) -> re.Match[str] | None:
    """The address of the request as one of a call's, whatever the method."""
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(operation.path))
    return re.fullmatch(pattern, app.current_event.path, re.DOTALL)


def _body() -> bytes:
    text = app.current_event.get("body") or ""
    if not app.current_event.is_base64_encoded:
        return str(text).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def _reference() -> str:
    return reference(app.lambda_context.aws_request_id)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _add(operation: Operation) -> None:
    """Has a call answered at its address."""

    def call(**path: str) -> Response[str]:
        return _call(operation, **path)

    app.route(operation.path.replace("{", "<").replace("}", ">"), method=operation.method)(call)


for _operation in OPERATIONS.values():
    _add(_operation)
