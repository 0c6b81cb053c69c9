"""The page of the template's parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped] # has no types

from ops import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGE: Final[Path] = ROOT / "docs" / "parameters.md"
_HEAD: Final = """\
# Parameters

What can be chosen for a stack. `make deploy` asks for what has no good default and writes the answers into
`samconfig.toml`; the rest is added there by hand, in the section of the environment, and stays when the file is written
again. A value with blanks in it stands in quotation marks of its own:

```toml
[prod.deploy.parameters]
parameter_overrides = ["Prefix=acme-rollcall", "UndoSeconds=1800", "EeModels=\\"Galaxy XCover,Galaxy Tab Active\\""]
```

This page is written by `make docs` from `template.yaml`.

| parameter | default | values | what it is |
|---|---|---|---|
"""


def page(template: Mapping[str, Any]) -> str:
    """The text of docs/parameters.md.

    Args:
        template: as parsed.
    """
    return _HEAD + "".join(_row(name, one) for name, one in template["Parameters"].items())


def page_now() -> str:
    """The text of docs/parameters.md for the template as it is."""
    return page(yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8")))


def _row(name: str, parameter: Mapping[str, Any]) -> str:
    default = str(parameter["Default"])
    cells = (f"`{name}`", f"`{default}`" if default else "none", _values(parameter), parameter["Description"])
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _values(parameter: Mapping[str, Any]) -> str:
    """What may be chosen, as far as the template says it."""
    if "AllowedValues" in parameter:
        return ", ".join(f"`{value}`" for value in parameter["AllowedValues"])
    low, high = parameter.get("MinValue"), parameter.get("MaxValue")
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None:
        return f"{low} and more"
    if high is not None:
        return f"up to {high}"
    return f"`{parameter['AllowedPattern']}`" if "AllowedPattern" in parameter else ""
