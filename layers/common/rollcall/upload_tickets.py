"""A ticket lets one file in by a link: who asked for it, what the file is for, until when, and whether it was used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rollcall.accounts import Person
    from rollcall.wishes import Wish

#: Seconds for which a link may be used.
VALID: Final = 15 * 60


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it is stored: without the token, of which only a digest is kept.

    Attributes:
        upload: the id that its file will have.
        account: of the reseller.
        person: who asked for it.
        wish: what is to be done with the file.
        until: epoch seconds.
        started_at: when it was used, epoch seconds; 0 while it was not.
    """

    upload: str
    account: str
    person: Person
    wish: Wish
    until: int
    started_at: int = 0

    def is_over(self, now: float) -> bool:
        """Whether its time has passed."""
        return now >= self.until


def digest(token: str) -> str:
    """What is stored of a token; tokens are long and random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
