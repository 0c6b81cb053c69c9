"""The page behind an upload link: shows what the link is good for, and uses it once when the page asks to start."""

from __future__ import annotations

import base64
import json
import os
import time
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit

from rollcall.desk import Counter
from rollcall.desk.upload_pages import UploadPages
from rollcall.references import reference
from rollcall.settings import Settings
from rollcall.store import clients
from rollcall.store.post_forms import PostForms
from rollcall.store.upload_tickets import TicketsStore
from rollcall.webpage.links import Refusal, Refused
from rollcall.webpage.pages import form_page, policy, problem, refusal_page
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="upload_page")
metrics = metrics_of("upload_page")

_STATUS = {
    Refusal.UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.OVER: HTTPStatus.GONE,
    Refusal.USED: HTTPStatus.GONE,
    Refusal.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    Refusal.FILE: HTTPStatus.UNPROCESSABLE_ENTITY,
}
_HEADERS = {
    # The address is the right to upload: it is kept from caches, search engines and the pages that links lead to.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
#: Characters of a file's name.
_LONGEST_NAME = 200


@cache
def tools() -> tuple[UploadPages, int]:
    """The pages of this execution environment, and the size of the largest file."""
    settings = Settings.from_env(os.environ)
    counter = Counter.from_settings(settings)
    pages = UploadPages(
        tickets=TicketsStore(settings.uploads_table),
        uploaders=counter.uploaders,
        reserving=counter.reserving,
        forms=PostForms(clients.s3_signer(), settings.bucket),
        most_bytes=settings.max_file_bytes,
        clock=time.time,
    )
    return pages, settings.max_file_bytes


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of a browser's."""
    token = str((event.get("pathParameters") or {}).get("token") or "")
    method = str(event["requestContext"]["http"]["method"]).upper()
    name = reference(context.aws_request_id)
    with observed(logger, metrics, name):
        answer = _start(token, event, name) if method == "POST" else _page(token)
    # A rise of the refused is somebody who tries addresses.
    refused = answer["statusCode"] != HTTPStatus.OK
    metrics.add_metric("UploadPageRefused" if refused else "UploadPageServed", MetricUnit.Count, 1)
    return answer


def _page(token: str) -> dict[str, Any]:
    pages, most_bytes = tools()
    found = pages.look(token)
    refused = isinstance(found, Refused)
    body = refusal_page(found) if isinstance(found, Refused) else form_page(found, most_bytes=most_bytes)
    return {
        "statusCode": _STATUS[found.why] if isinstance(found, Refused) else HTTPStatus.OK,
        "headers": {
            **_HEADERS,
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy("" if refused else pages.post_origin),
        },
        "body": body,
        "isBase64Encoded": False,
    }


def _start(token: str, event: dict[str, Any], reference_id: str) -> dict[str, Any]:
    asked = _asked(event)
    if asked is None:
        return _json(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {"problem": "This is for the page of the link alone."})
    pages, _ = tools()
    name, size = asked
    started = pages.start(token, name=name, size=size, reference=reference_id)
    if isinstance(started, Refused):
        logger.info("Link refused", why=started.why.value)
        return _json(_STATUS[started.why], {"problem": problem(started)})
    logger.info("Link used", upload=started.upload)
    return _json(
        HTTPStatus.OK, {"upload_id": started.upload, "url": started.form.url, "fields": dict(started.form.fields)}
    )


def _asked(event: dict[str, Any]) -> tuple[str, int] | None:
    """Name and size of the file; None for a request that is not the page's own, such as another site's form."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    if not str(headers.get("content-type", "")).startswith("application/json"):
        return None
    body = event.get("body") or ""
    try:
        raw = json.loads(base64.b64decode(body) if event.get("isBase64Encoded") else body)
    except ValueError:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("name"), str) or not isinstance(raw.get("size"), int):
        return None
    name = "".join(character for character in raw["name"] if character.isprintable())[:_LONGEST_NAME]
    return name, raw["size"]


def _json(status: HTTPStatus, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "statusCode": status,
        "headers": {**_HEADERS, "Content-Type": "application/json; charset=utf-8"},
        "body": json.dumps(value),
        "isBase64Encoded": False,
    }
