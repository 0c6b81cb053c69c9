"""``samconfig.toml``: a section for each environment. Python reads TOML and does not write it; this much it takes."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_HEAD: Final = """\
# One section for each environment, written by `make deploy` and read by sam. No secrets: those are in AWS.
version = 0.1
"""


def read(path: Path) -> dict[str, Any]:
    """Environments by name; none where there is no file.

    Args:
        path: of ``samconfig.toml``.

    Raises:
        tomllib.TOMLDecodeError: it is not TOML.
    """
    if not path.exists():
        return {}
    return {name: value for name, value in tomllib.loads(path.read_text("utf-8")).items() if isinstance(value, dict)}


def text(sections: Mapping[str, Any]) -> str:
    """The file with these sections, in the order of their names."""
    lines = [_HEAD]
    for name in sorted(sections):
        lines += [*_tables(name, sections[name]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _tables(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in values.items() if not isinstance(value, dict)}
    if plain:
        yield f"\n[{name}]" if "." not in name else f"[{name}]"
        yield from (f"{key} = {_value(value)}" for key, value in plain.items())
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _tables(f"{name}.{key}", value)


def _value(value: object) -> str:
    if isinstance(value, list):
        inside = "".join(f"    {_value(one)},\n" for one in value)
        return f"[\n{inside}]" if value else "[]"
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # as JSON, but for DEL
    raise TypeError(f"{type(value).__name__} cannot be written")
