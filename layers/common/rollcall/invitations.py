"""Invitations: a code lets one person in, once, within a week (row B25).

A code is the right itself, so only its digest is kept, and what a button carries is that digest: it is good for nothing
but to the one person for whom the invitation is held.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall.upload_ids import ALPHABET, crockford

if TYPE_CHECKING:
    from rollcall.accounts import Person

#: Days for which a code may be used.
DAYS: Final = 7
SECONDS: Final = DAYS * 24 * 3600
#: Random bytes of a code: 80 bits, which nobody guesses within a week.
BYTES: Final = 10
#: Characters of a company's name.
LONGEST_NAME: Final = 80

_CHARACTERS: Final = 16
_SUFFIX: Final = 4
#: Characters of a name that go into an account id.
_SLUG: Final = 20
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_LINKED: Final = re.compile(r"[?&#]join=([^&#\s]+)")


class Invited(StrEnum):
    """What an invitation lets somebody become."""

    #: the first admin of a new reseller
    RESELLER = "reseller"
    #: the first admin of a new customer, or one of a customer that is there and gets a new reseller
    CUSTOMER = "customer"
    #: a member of the inviting account
    PERSON = "person"


class Refusal(StrEnum):
    """Why a code lets nobody in."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Entry(StrEnum):
    """What became of the invitation that somebody came by who has installed Rollcall."""

    #: they belong to a company now
    JOINED = "joined"
    #: nothing yet; what it is about was written to them in Slack
    TOLD = "told"
    #: whose place it would be is not known, or we failed: the command does it
    BY_COMMAND = "by_command"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as it is stored: without its code.

    Attributes:
        id: digest of the code.
        kind: what it lets somebody become.
        by: who invited; what they may no longer do at the moment of joining is not done for them.
        by_account: for which account they did; empty for an operator.
        until: epoch seconds.
        company: name of the company to be; empty for a person.
        reseller: of a customer: the reseller that it will be linked with; empty for none.
        reference: what that reseller calls it.
        role: of a person.
        holder: the one person who may use it without the code; None: nobody.
        note: for whom it is meant, in the inviter's words; empty if not said.
        used_by: who joined by it; None: nobody yet.
        revoked: it was taken back.
    """

    id: str
    kind: Invited
    by: Person
    by_account: str
    until: int
    company: str = ""
    reseller: str = ""
    reference: str = ""
    role: str = "admin"
    holder: Person | None = None
    note: str = ""
    used_by: Person | None = None
    revoked: bool = False

    def refusal(self, now: float) -> Refusal | None:
        """Why it lets nobody in any more; None if it does.

        Args:
            now: epoch seconds.
        """
        if self.used_by:
            return Refusal.USED
        if self.revoked:
            return Refusal.REVOKED
        return Refusal.EXPIRED if now >= self.until else None


def display(random: bytes) -> str:
    """The code that ten random bytes are: ``J-7K3F-9QMC-2V5R-8TXA``."""
    characters = crockford(random, _CHARACTERS)
    return "J-" + "-".join(characters[start : start + 4] for start in range(0, _CHARACTERS, 4))


def read_code(text: str) -> str:
    """What a person typed or pasted, as a code in its displayed form; empty where it cannot be one.

    Case, dashes, blanks and the letters that look like digits do not matter; a whole link is understood, too.
    """
    linked = _LINKED.search(text)
    shown = (linked[1] if linked else text).strip().strip("`'\"").upper()
    # With the J in front of a code, or without: a J inside it is one of its characters.
    bare = shown.removeprefix("J-") if shown.startswith("J-") else shown
    characters = bare.translate(_LOOKALIKES)
    if len(characters) == _CHARACTERS + 1 and characters.startswith("J"):
        characters = characters[1:]
    if len(characters) != _CHARACTERS or not set(characters) <= set(ALPHABET):
        return ""
    return "J-" + "-".join(characters[start : start + 4] for start in range(0, _CHARACTERS, 4))


def code_digest(code: str) -> str:
    """What is stored of a code; codes are random, so no salt is needed."""
    return hashlib.sha256(f"invitation\0{code}".encode()).hexdigest()


def account_id(kind: Invited, company: str, invitation: str, *, attempt: int = 0) -> str:
    """The id of the account that a company gets, such as ``CUST-NORTHWIND-7K3F``.

    The end is drawn from the invitation, so that no id tells whether a company of that name is there already.

    Args:
        kind: reseller or customer.
        company: its name.
        invitation: id of the invitation.
        attempt: how many ids were tried before and are taken.
    """
    prefix = "RSL" if kind is Invited.RESELLER else "CUST"
    letters = unicodedata.normalize("NFKD", company).encode("ascii", "ignore").decode().upper()
    words = re.findall(r"[A-Z0-9]+", letters)
    slug = words[0][:_SLUG] if words else ""
    drawn = hashlib.sha256(f"account\0{invitation}\0{attempt}".encode()).digest()
    return "-".join(filter(None, (prefix, slug, crockford(drawn, _SUFFIX if slug else 2 * _SUFFIX))))
