"""An insight: an operator may read what one company has, for an hour and for a reason that the company is told.

It gives reading alone. Each question under it is written down for the company before it is answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.accounts import RESELLER_ID, CustomerRole, Member, ResellerRole
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Collection

    from rollcall.accounts import Operator, Person
    from rollcall.commands import Command

#: Seconds that an insight lasts.
LASTS: Final = 3_600
#: Characters of a reason: enough to say something, and no more than is read.
LEAST_REASON: Final = 10
MOST_REASON: Final = 300
#: (area, word) of what may be asked: what only reads, and sends nothing anywhere.
READING: Final = frozenset(
    {
        ("devices", "find"),
        ("devices", "list"),
        ("devices", "history"),
        ("uploads", "list"),
        ("uploads", "open"),
        ("uploads", "errors"),
    }
)

_QUESTION: Final = re.compile(
    r"\s*operator\s+content(?:\s+(?P<account>\S+)(?:\s+(?P<question>.*))?)?\s*", re.IGNORECASE | re.DOTALL
)
_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Insight:
    """An operator's leave to read what a company has.

    Attributes:
        id: names the form it was asked for with; ``R-…``.
        account: the company's id.
        operator: who may read.
        name: theirs, as the company is told.
        reason: as they wrote it.
        at: when it began, UTC.
        until: when it ends, epoch seconds.
    """

    id: str
    account: str
    operator: Person
    name: str
    reason: str
    at: str
    until: float

    @property
    def subject(self) -> str:
        """By what the company's audit and its notice name it."""
        return f"{self.at}#{self.id}"

    @property
    def ends(self) -> str:
        """When it ends, UTC."""
        return utc(datetime.fromtimestamp(self.until, UTC))

    def is_open(self, now: float) -> bool:
        """Whether it lasts still."""
        return now < self.until


def read_question(text: str) -> tuple[str, str] | None:
    """The company that an operator asks about, and the question; None where a text is none of these.

    Args:
        text: what stood behind the slash command, as Slack delivers it. Both parts may be left out.
    """
    found = _QUESTION.fullmatch(text)
    return ((found["account"] or "").upper(), (found["question"] or "").strip()) if found else None


def question_of(account: str, question: str) -> str:
    """The counterpart of `read_question`."""
    return f"operator content {account} {question}".strip()


def read_reason(text: str) -> str | None:
    """A reason on one line; None where it is too short or too long to be one."""
    reason = " ".join(text.split())
    return reason if LEAST_REASON <= len(reason) <= MOST_REASON else None


def guest(account: str, operator: Operator) -> Member:
    """An operator as the least of a company's own people, who is nowhere stored and so may do nothing but look on."""
    role = ResellerRole.VIEWER if RESELLER_ID.fullmatch(account) else CustomerRole.VIEWER
    return Member(account, operator.team, operator.user, operator.name, role)


def hide_unknown(command: Command, known: Collection[str]) -> tuple[str, ...]:
    """The ids of a question as the company's audit has them: what is not the company's is masked to the last four.

    An operator may have mistyped, or pasted the id of somebody else.

    Args:
        command: what was asked.
        known: those of its ids that led to something of the company's.
    """
    return tuple(one if one in known else f"…{one[-_SHOWN:]}" for one in command.ids)
