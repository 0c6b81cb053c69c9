"""Whether a request is as a call wants it, by the same declarations that ``openapi.json`` is written from.

The declarations are JSON Schema, and only the few words of it that the API needs; a test holds this reader to a full
one. All that is wrong is found at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Schema = Mapping[str, Any]

#: The words that are understood; a declaration with another one is a mistake of ours.
WORDS: Final = frozenset(
    {
        *("type", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "items", "minItems", "maxItems"),
        *("properties", "required", "additionalProperties", "oneOf", "description", "examples", "default", "format"),
    }
)
_NAMES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A place of a request that is wrong.

    Attributes:
        field: name of a parameter, or JSON pointer into the body; "" is the whole body.
        said: what is wrong with it, one sentence.
        code: of the catalogue.
    """

    field: str
    said: str
    code: str = "REQUEST_INVALID"


def wrongs(value: object, schema: Schema, field: str = "") -> Iterator[Wrong]:
    """Everything that is wrong with a value.

    Args:
        value: as JSON gives it.
        schema: what it must be.
        field: where it stands.
    """
    kinds = _kinds(schema)
    kind = _kind(value)
    if kinds and kind not in kinds:
        yield Wrong(field, f"This must be {' or '.join(_NAMES[one] for one in kinds)}.")
        return
    if "enum" in schema and value not in schema["enum"]:
        yield Wrong(field, f"This must be one of: {', '.join(map(str, filter(None, schema['enum'])))}.")
        return
    if isinstance(value, str):
        yield from _text(value, schema, field)
    elif isinstance(value, list):
        yield from _list(value, schema, field)
    elif isinstance(value, dict):
        yield from _object(value, schema, field)
    elif kind == "integer":
        yield from _number(value, schema, field)


def _text(value: str, schema: Schema, field: str) -> Iterator[Wrong]:
    if not _is_text(value):
        yield Wrong(field, "This has characters that are not text.")
    elif len(value) < schema.get("minLength", 0):
        yield Wrong(field, "This must not be empty.")
    elif len(value) > schema.get("maxLength", len(value)):
        yield Wrong(field, f"This has at most {schema['maxLength']} characters.")
    elif "pattern" in schema and not re.search(_python(schema["pattern"]), value):
        yield Wrong(field, "This has characters that do not belong here.")


def _list(value: list[Any], schema: Schema, field: str) -> Iterator[Wrong]:
    if len(value) < schema.get("minItems", 0):
        yield Wrong(field, "This must not be empty.")
    elif len(value) > schema.get("maxItems", len(value)):
        yield Wrong(field, f"This has at most {schema['maxItems']:,} entries.")
    else:
        for number, one in enumerate(value):
            yield from wrongs(one, schema.get("items", {}), f"{field}/{number}")


def _object(value: dict[str, Any], schema: Schema, field: str) -> Iterator[Wrong]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield Wrong(f"{field}/{name}", "This is missing.")
    for name, one in value.items():
        place = f"{field}/{_escaped(name)}"
        if name in known:
            yield from wrongs(one, known[name], place)
        elif schema.get("additionalProperties") is False:
            yield Wrong(place, "This is not a field that is known here.")
    choices = [choice["required"] for choice in schema.get("oneOf", ())]
    if choices and sum(all(name in value for name in choice) for choice in choices) != 1:
        yield Wrong(field, f"Give one of these and not both: {', '.join(name for one in choices for name in one)}.")


def _number(value: Any, schema: Schema, field: str) -> Iterator[Wrong]:  # noqa: ANN401 - an int, or a float that is whole
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    if not low <= value <= high:
        yield Wrong(field, f"This must be from {low} to {high}.")


def _kinds(schema: Schema) -> tuple[str, ...]:
    kinds = schema.get("type", ())
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def _kind(value: object) -> str:  # noqa: PLR0911 - one answer for each kind
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _python(pattern: str) -> str:
    """A pattern of JSON Schema, which is JavaScript's: there the end is the end, and not a line feed before it."""
    return pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern


def _is_text(value: str) -> bool:
    """Whether it can be written down in UTF-8: JSON can spell halves of characters that no store takes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _escaped(name: str) -> str:
    """A name inside a JSON pointer (RFC 6901), as far as it can be written."""
    return name.encode(errors="replace").decode().replace("~", "~0").replace("/", "~1")
