"""Files as Slack tells of them, and whether one of them can be taken at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: Bytes that Slack takes in a form (docs.slack.dev, file input element). Messages take more.
FORM_BYTES: Final = 10 * 1024 * 1024
#: Files that Slack takes in a form.
FORM_FILES: Final = 10
#: How a file of rows may end; what is in it decides the reader.
ENDINGS: Final = ("csv", "txt", "tsv", "tab")

_WORKBOOKS: Final = frozenset({"xls", "xlsx", "xlsm", "xlsb", "ods", "numbers"})
#: What Slack calls a text when its name has no ending.
_TEXTS: Final = frozenset({"csv", "text", "tsv"})
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A file in Slack.

    Attributes:
        id: such as ``F0123``.
        name: as its sender named it, at most 200 characters.
        size: bytes; 0 where Slack does not say.
        url: where the bot may fetch it with its token; empty where it has to ask first.
        kind: Slack's word for what it is, such as ``csv``.
        elsewhere: only a link to a file that Slack does not have, or one that is gone.
    """

    id: str
    name: str
    size: int = 0
    url: str = ""
    kind: str = ""
    elsewhere: bool = False

    @property
    def ending(self) -> str:
        """What stands behind the last dot of its name, in lower case."""
        return self.name.rpartition(".")[2].casefold() if "." in self.name else ""


def read_files(raw: object) -> tuple[SlackFile, ...]:
    """The files of a message, of a form, or of ``files.info``; what is none is left out."""
    listed = raw if isinstance(raw, list) else []
    return tuple(read_file(one) for one in listed if isinstance(one, Mapping) and one.get("id"))


def read_file(raw: Mapping[str, object]) -> SlackFile:
    """A file out of Slack's own description of it."""
    size = raw.get("size")
    return SlackFile(
        id=str(raw["id"]),
        name=str(raw.get("name") or raw.get("title") or raw["id"])[:_LONGEST_NAME],
        size=size if isinstance(size, int) else 0,
        url=str(raw.get("url_private_download") or raw.get("url_private") or ""),
        kind=str(raw.get("filetype") or ""),
        elsewhere=bool(raw.get("is_external")) or raw.get("mode") in ("external", "tombstone", "hidden_by_limit"),
    )


def refusal(file: SlackFile, *, limit: int, say: Callable[..., str] = str.format) -> str:
    """Why a file cannot be taken, as plain text without its name; empty if it can.

    Args:
        file: the file.
        limit: bytes that this way in takes.
        say: in the reader's language; English without it.
    """
    if file.elsewhere:
        return say("is only a link to a file elsewhere; download it as CSV and send that")
    if file.ending in _WORKBOOKS:
        return say("is a workbook; save it as CSV (in Excel: File, Save as, CSV UTF-8) and send that")
    if file.ending not in ENDINGS and not (file.kind in _TEXTS and not file.ending):
        return say("is not a CSV file")
    if file.size > limit:
        return say("is larger than {most} MB; an upload link takes larger files", most=limit // (1024 * 1024))
    return ""
