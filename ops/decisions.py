"""The page that lists the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ops import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final[Path] = ROOT / "docs" / "decisions"
PAGE: Final[Path] = FOLDER / "README.md"
_HEAD: Final = """\
# Decisions

What a newcomer would question, each with its context, its figures, what else there was, and how we would notice that it
was wrong. A page is changed when the decision is; a number that is missing belonged to one that was taken back, and is
not given again. This list is written by `make docs`.

"""


def page(folder: Path = FOLDER) -> str:
    """The text of docs/decisions/README.md.

    Args:
        folder: of the pages; each begins with its title and is called by its number.
    """
    pages = sorted(path for path in folder.glob("*.md") if path.name[:4].isdigit())
    return _HEAD + "".join(f"- [{path.name[:4]}]({path.name}) {_title(path)}\n" for path in pages)


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
