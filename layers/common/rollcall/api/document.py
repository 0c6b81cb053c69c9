"""``openapi.json``, written from the tables of calls and shapes."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from rollcall.api.operations import CSV, EVERYWHERE, JSON, OPERATIONS, PATH, WITH_BODY, WITH_KEY
from rollcall.api.problems import PROBLEM_JSON, STATUS_OF
from rollcall.api.schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.api.operations import Operation

_VERSION: Final = "1.0.0"
_PARAMETERS: Final = re.compile(r"\{(\w+)\}")
_INTRODUCTION: Final = (
    "Upload devices, ask what became of them, and decide on them. Every request but for this description carries a key "
    "of your account (`Authorization: Bearer …`). What is another company's is answered exactly like what does not "
    "exist. Refusals are problem documents (RFC 9457) with a stable `code` and a `reference` to ask us about."
)


def document(server: str = "/") -> dict[str, Any]:
    """The description.

    Args:
        server: where the API is found, without a slash at the end.
    """
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS.values():
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rollcall", "version": _VERSION, "description": _INTRODUCTION},
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": dict(SCHEMAS),
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key of an account; it has a role."}
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    said: dict[str, Any] = {"operationId": operation.name.value, "summary": operation.summary}
    if operation.act is None:
        said["security"] = []
    else:
        said["description"] = f"The key's role needs the right: {operation.act.value}."
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": PATH[name]}
        for name in _PARAMETERS.findall(operation.path)
    ]
    parameters += [
        {"name": name, "in": "query", "required": False, "schema": shape} for name, shape in operation.query.items()
    ]
    if parameters:
        said["parameters"] = parameters
    if operation.body is not None:
        name = next(name for name, shape in SCHEMAS.items() if shape is operation.body)
        said["requestBody"] = {"required": True, "content": {JSON: {"schema": _ref(name)}}}
    said["responses"] = dict(sorted(_responses(operation).items()))
    return said


def _responses(operation: Operation) -> dict[str, Any]:
    shape = _ref(operation.answer) if operation.answer in SCHEMAS else {"type": "object"}
    content: dict[str, Any] = {JSON: {"schema": shape}}
    if operation.csv:
        content[CSV] = {"schema": {"type": "string"}}
    responses: dict[str, Any] = {str(operation.status): {"description": "Done.", "content": content}}
    if operation.elsewhere:
        responses[str(HTTPStatus.SEE_OTHER.value)] = {
            "description": "It is large: the whole lies where the header Location leads.",
            "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
            "content": {JSON: {"schema": _ref("Elsewhere")}},
        }
    for status, codes in _by_status(codes_of(operation)).items():
        responses[str(status)] = _problem(status, codes)
    return responses


def codes_of(operation: Operation) -> tuple[str, ...]:
    """The codes that a call may be refused with."""
    return (
        *EVERYWHERE,
        *(WITH_KEY if operation.act else ()),
        *(WITH_BODY if operation.body is not None else ()),
        *operation.codes,
    )


def _by_status(codes: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for code in codes:
        found.setdefault(int(STATUS_OF.get(code, HTTPStatus.UNPROCESSABLE_ENTITY)), []).append(code)
    return found


def _problem(status: int, codes: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "description": f"Refused: {', '.join(f'`{code}`' for code in codes)}.",
        "content": {PROBLEM_JSON: {"schema": _ref("Problem")}},
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        said["headers"] = {"Retry-After": {"required": True, "schema": {"type": "string", "pattern": r"^\d+$"}}}
    if status == HTTPStatus.UNAUTHORIZED:
        said["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    return said


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
