"""Texts of what can be wrong with a request to the HTTP API, whatever it is about; the rest: `catalogue.py`."""

from __future__ import annotations

from typing import Final

# title, cause, remedy
REQUEST: Final = {
    "KEY_INVALID": (
        "no valid key",
        "The request came without a key, or with one that is not valid.",
        "Send the header Authorization with Bearer and a key of your account; an admin makes keys in Slack.",
    ),
    "KEY_NOT_ALLOWED": (
        "not allowed with this key",
        "The role of this key does not allow it[: {act}].",
        "Use a key with a role that does; an admin of your account makes keys in Slack.",
    ),
    "ROUTE_UNKNOWN": (
        "no such call",
        "There is no such call.",
        "Look up the calls in openapi.json.",
    ),
    "METHOD_UNKNOWN": (
        "no such method",
        "The address is right, but not with this method.",
        "Use one of the methods that the header Allow names.",
    ),
    "REQUEST_INVALID": (
        "request not valid",
        "The request is not as the call wants it[: {problem}].",
        "Mend what is listed under errors; openapi.json says what each call takes.",
    ),
    "BODY_NOT_JSON": (
        "body is not JSON",
        "The body is not JSON in UTF-8.",
        "Send one JSON object with the content type application/json.",
    ),
    "BODY_TOO_LARGE": (
        "body too large",
        "The body is larger than a request may be[ ({limit})].",
        "Send less at a time; files go to the address that an upload answers with.",
    ),
    "RATE_LIMIT": (
        "too many requests",
        "This key has made all the requests that it may make in a minute[ ({limit})].",
        "Wait as long as the header Retry-After says.",
    ),
    "CURSOR_INVALID": (
        "cursor not valid",
        "The cursor is not one of this list.",
        "Begin without a cursor, and repeat all filters with each cursor.",
    ),
    "UPLOAD_AMBIGUOUS": (
        "several uploads fit",
        "The beginning of the upload id fits several uploads.",
        "Send more of the id.",
    ),
    "UPLOAD_LAPSED": (
        "upload lapsed",
        "No file came for this upload within a day, so its id lapsed.",
        "Ask for a new upload with another transaction id.",
    ),
    "TRANSACTION_REUSED": (
        "transaction id used before",
        "This transaction id was used before, for another request.",
        "Repeat a request with the very same body, or choose a new transaction id.",
    ),
    "SERVICE_BUSY": (
        "busy",
        "Something that this needs did not answer in time.",
        "Send the very same request again in a few seconds.",
    ),
    "SERVICE_FAILED": (
        "failed",
        "Something went wrong on our side.",
        "Try again; if it goes on, tell us the reference.",
    ),
}
