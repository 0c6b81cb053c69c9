"""Writes the pages of docs/ that come from code: ``python -m ops.docs errors features [--check]``."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING, Final

from ops import ROOT, costs, decisions, features, parameters
from rollcall.api.document import document
from rollcall.errors import CATALOGUE, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rollcall.errors import Code

_SECTIONS: Final = {
    Kind.FILE: ("Files", "Nothing of the file is stored; the upload ends as `ERROR` with this one reason."),
    Kind.ROW: (
        "Rows",
        (
            "The row is refused, the others go on. All faults of a row are listed at once. `CUSTOMER_UNKNOWN`, "
            "`CUSTOMER_NOT_ACCEPTING`, `STC_NOT_IN_BULK` and `ORDER_DATE_INVALID` end the whole upload where they are "
            "about the place or the data that it was sent with."
        ),
    ),
    Kind.WARNING: ("Warnings", "The row is stored; someone should look at it."),
    Kind.REPAIR: ("Repairs", "The row is stored; a value was read otherwise than it was written."),
    Kind.DECISION: ("Decisions and look-ups", "What was asked for is refused; nothing has changed."),
    Kind.REQUEST: ("Requests to the HTTP API", "The request is refused, whatever it is about; nothing has changed."),
}


def errors_page() -> str:
    """The text of docs/errors.md: every code of the catalogue, by kind."""
    lines = [
        "# Error codes",
        "",
        (
            "Codes are stable and programs may rely on them; texts may be improved. What stands in angle brackets is "
            "filled in from the case, and that part of the sentence is left out where nothing is known."
        ),
        "",
        (
            "This page is written by `python -m ops.docs errors` from the catalogue, "
            "`layers/common/rollcall/catalogue.py` and the texts that it gathers."
        ),
    ]
    for kind, (title, introduction) in _SECTIONS.items():
        lines += ["", f"## {title}", "", introduction, "", "| code | kind | cause | what to do |", "|---|---|---|---|"]
        lines += [_line(code) for code in CATALOGUE.values() if code.kind is kind]
    return "\n".join(lines) + "\n"


def _line(code: Code) -> str:
    return f"| `{code.name}` | {code.kind} | {_text(code.cause)} | {_text(code.remedy)} |"


def _text(text: str) -> str:
    """A catalogue text with every optional part shown, as Markdown inside a table."""
    plain = re.sub(r"[\[\]]", "", text).replace("|", "\\|").replace("*", "\\*").replace("<", "\\<")
    return re.sub(r"\{(\w+)\}", lambda name: f"`<{name[1].replace('_', ' ')}>`", plain)


def features_page() -> str:
    """The text of docs/features.md: what stands there, with the tests that show each row."""
    return features.features_page(features.PAGE.read_text(encoding="utf-8"), features.marked_tests(ROOT / "tests"))


def openapi_page() -> str:
    """The text of docs/openapi.json: what the API says of itself, but for where it is found."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


PAGES: Final[dict[str, tuple[Path, Callable[[], str]]]] = {
    "errors": (ROOT / "docs" / "errors.md", errors_page),
    "features": (features.PAGE, features_page),
    "costs": (ROOT / "docs" / "costs.md", costs.page_now),
    "decisions": (decisions.PAGE, decisions.page),
    "parameters": (parameters.PAGE, parameters.page_now),
    "openapi": (ROOT / "docs" / "openapi.json", openapi_page),
}


def main(arguments: Sequence[str]) -> int:
    """Writes the pages named, or with ``--check`` only compares them.

    Returns:
        The exit code: 1 if a page is not what the code says, else 0.
    """
    parser = argparse.ArgumentParser(prog="python -m ops.docs", description=__doc__)
    parser.add_argument("pages", nargs="+", choices=sorted(PAGES))
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    stale = False
    for name in options.pages:
        path, page = PAGES[name]
        if not options.check:
            path.write_text(page(), encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != page():
            stale = True
            sys.stderr.write(f"{path} is out of date: run python -m ops.docs {name}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
