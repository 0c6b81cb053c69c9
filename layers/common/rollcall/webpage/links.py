"""What the page behind an upload link shows: what the link is good for, or why it does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.views.wording import Wording


class Refusal(StrEnum):
    """Why a link does nothing."""

    UNKNOWN = "unknown"
    OVER = "over"
    USED = "used"
    NOT_ALLOWED = "not_allowed"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Page:
    """A link that works.

    Attributes:
        upload: the id that the file will have.
        company: who sends it.
        customer: for whom; empty where each row names its customer.
        check_only: judge and store nothing.
        until: when the link ends, epoch seconds.
        say: in the company's language.
    """

    upload: str
    company: str
    customer: str
    check_only: bool
    until: int
    say: Wording = ENGLISH


@dataclass(frozen=True, slots=True)
class Refused:
    """A link that does nothing.

    Attributes:
        why: the reason.
        upload: the id of its file, if one was sent.
        said: more about it, plain text.
        say: in the language of the company whose link it was; English where no link is known.
    """

    why: Refusal
    upload: str = ""
    said: str = ""
    say: Wording = ENGLISH
