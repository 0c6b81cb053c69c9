"""Shapes of what goes over the wire, as JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    Shape = Mapping[str, Any]

_ONE_LINE: Final = r"^[^\u0000-\u001f\u007f]*$"
_UTC: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"


def text(description: str, *, most: int = 200, least: int = 0, nullable: bool = False, **more: object) -> Shape:
    """A text of one line that somebody sends."""
    shape: dict[str, object] = {
        "type": ["string", "null"] if nullable else "string",
        "maxLength": most,
        "pattern": _ONE_LINE,
        "description": description,
    }
    if least:
        shape["minLength"] = least
    return {**shape, **more}


def told(description: str, *, nullable: bool = False) -> Shape:
    """A text that we say."""
    return {"type": ["string", "null"] if nullable else "string", "description": description}


def moment(description: str, *, nullable: bool = False) -> Shape:
    """A time that we say, UTC."""
    return {**told(description, nullable=nullable), "pattern": _UTC, "examples": ["2026-03-01T09:30:00Z"]}


def number(description: str) -> Shape:
    """A count."""
    return {"type": "integer", "minimum": 0, "description": description}


def one_of(values: type[StrEnum], description: str) -> Shape:
    """One of the values of an enumeration."""
    return {"type": "string", "enum": [value.value for value in values], "description": description}


def flag(description: str) -> Shape:
    """Yes or no."""
    return {"type": "boolean", "description": description}


def record(properties: Mapping[str, Shape], *, optional: tuple[str, ...] = (), **more: object) -> Shape:
    """An object; of its fields all but the optional ones are always there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, **more}


def list_of(of: Shape, description: str) -> Shape:
    """A list of things of one shape."""
    return {"type": "array", "items": of, "description": description}


def counts(description: str) -> Shape:
    """An object of counts, by names that are not known beforehand."""
    return {"type": "object", "additionalProperties": {"type": "integer"}, "description": description}


def ref(name: str) -> Shape:
    """Another schema of the description, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}
