"""What people changed about an account: who, when, what. Written with the change itself, and never changed again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rollcall.accounts import Person


class What(StrEnum):
    """A kind of change. The texts are stored: they may become more, and never others."""

    ACCOUNT_MADE = "account made"
    LINKED = "linked"
    PERSON_INVITED = "person invited"
    COMPANY_INVITED = "company invited"
    INVITATION_REVOKED = "invitation revoked"
    MEMBER_JOINED = "member joined"
    MEMBER_CHANGED = "member changed"
    MEMBER_REMOVED = "member removed"
    CHANNEL_SET = "channel set"
    CHANNEL_REMOVED = "channel removed"
    CODE_ADDED = "sold-to code added"
    CODE_REMOVED = "sold-to code removed"
    REFERENCE_SET = "reference set"
    UNDO_WINDOW_SET = "undo window set"
    RELEASE_SET = "release set"
    TIME_ZONE_SET = "time zone set"
    LANGUAGE_SET = "language set"
    REMINDERS_SET = "reminders set"
    DIGEST_SET = "weekly digest set"
    KEY_MADE = "key made"
    KEY_REVOKED = "key revoked"
    CONTENT_OPENED = "content opened"
    CONTENT_SEEN = "content seen"


#: What operators looked at; the one begins, and the other is each look.
INSIGHTS: Final = (What.CONTENT_OPENED, What.CONTENT_SEEN)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an account.

    Attributes:
        account: account id.
        by: who.
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        what: the kind.
        about: whom or what: a person's or company's name, an alias, a key's name.
        before: the value there was, where there is one to tell; never a secret.
        after: the value there is now, likewise.
        by_name: their name at that time.
        operator: they changed it as an operator and not as a member.
    """

    account: str
    by: Person
    at: str
    what: What
    about: str = ""
    before: str = ""
    after: str = ""
    by_name: str = ""
    operator: bool = False
