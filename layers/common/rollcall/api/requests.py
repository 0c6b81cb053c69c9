"""A request to the API as its calls see it, and what they answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote

from rollcall.api.checking import Wrong, wrongs
from rollcall.api.operations import CSV, LARGEST_PAGE, PAGE
from rollcall.api.problems import ProblemError, refused
from rollcall.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.api.callers import Caller
    from rollcall.api.operations import Operation

#: Bytes of a request's body.
MOST_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is as its call wants it.

    Attributes:
        caller: who asks.
        path: parameters of the address.
        query: those behind it; the ones that were left empty are not there.
        body: what was sent; empty where the call takes nothing.
        as_csv: a CSV file is wanted.
        reference: the id under which the logs tell more.
    """

    caller: Caller
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    as_csv: bool
    reference: str

    @property
    def cursor(self) -> str | None:
        """Where the page begins; None for the beginning."""
        return self.query.get("cursor")

    @property
    def limit(self) -> int:
        """Most entries of the page."""
        return min(int(self.query.get("limit", PAGE)), LARGEST_PAGE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call answers.

    Attributes:
        body: as JSON.
        csv: in place of that, a CSV file.
        status: HTTP status; None: that of the call when all went well.
        headers: that go along.
    """

    body: Mapping[str, Any] = field(default_factory=dict)
    csv: bytes | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def linked(request: Request, after: str | None) -> dict[str, str]:
    """The header of a CSV that leads to the next page; none on the last.

    Args:
        request: what was asked for.
        after: where the next page begins.
    """
    if not after:
        return {}
    query = {**request.query, "cursor": after}
    address = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    return {"Link": f'<?{address}>; rel="next"'}


def read_query(raw: str, operation: Operation) -> dict[str, str]:
    """The parameters behind an address. Unknown ones are refused: a misspelt filter would otherwise list everything.

    Args:
        raw: as it stood behind the question mark.
        operation: the call.

    Raises:
        ProblemError: something is wrong with them.
    """
    found: dict[str, str] = {}
    problems: list[Wrong] = []
    for name, value in parse_qsl(raw, keep_blank_values=True):
        shape = operation.query.get(name)
        if shape is None:
            problems.append(Wrong(name[:100], "This is not a parameter that is known here."))
        elif name in found:
            problems.append(Wrong(name, "This can stand only once."))
        else:
            found[name] = value
            problems += wrongs(_typed(value, shape), shape, name)
    if problems:
        raise _invalid(problems)
    return {name: value for name, value in found.items() if value}


def read_body(raw: bytes, operation: Operation) -> dict[str, Any]:
    """The body of a request.

    Args:
        raw: as it was sent.
        operation: a call that takes one.

    Raises:
        ProblemError: something is wrong with it.
    """
    if len(raw) > MOST_BYTES:
        raise refused("BODY_TOO_LARGE", limit=f"{MOST_BYTES // 1024:,} KB")
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise refused("BODY_NOT_JSON") from None
    problems = list(wrongs(value, operation.body or {}))
    if problems:
        raise _invalid(problems)
    body: dict[str, Any] = value
    return body


def wants_csv(accept: str, operation: Operation) -> bool:
    """Whether a CSV file is wanted, by the header Accept; JSON where both are wanted alike."""
    if not operation.csv:
        return False
    kinds = [_preference(part) for part in accept.lower().split(",")]
    csv = max((quality for kind, quality in kinds if kind == CSV), default=0.0)
    json_ = max(
        (quality for kind, quality in kinds if kind in ("application/json", "application/*", "*/*")), default=0.0
    )
    return csv > json_


def _preference(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        return kind, float(quality)
    except ValueError:
        return kind, 0.0


def _typed(value: str, shape: Mapping[str, Any]) -> object:
    """A parameter as JSON would have it."""
    if shape["type"] == "integer" and value.isascii() and value.isdigit() and len(value) < 10:  # noqa: PLR2004 - no number here is as long
        return int(value)
    return value


def _invalid(problems: list[Wrong]) -> ProblemError:
    """One refusal for all that is wrong; of very many only the first."""
    first = problems[0]
    said = f"{first.field or 'the body'}: {first.said}".rstrip(".")
    return ProblemError(Fault("REQUEST_INVALID", details={"problem": said}), problems[:100])


def _no_number(_: str) -> object:
    raise ValueError("NaN and Infinity are not JSON")
