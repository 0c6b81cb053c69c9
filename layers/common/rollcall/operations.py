"""What operators see of the companies and channels: ids, counts and codes, and nothing of what a company uploads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.accounts import ResellerRole
from rollcall.permissions import is_attended

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rollcall.accounts import Member, Person

_ADMIN = "admin"

_ANY, _UPLOADING, _DECIDING = "do its daily work", "upload", "accept or reject"
#: What an account's people may do every day → what is said where nobody is left who may.
_UNATTENDED: Final = {
    _ANY: "nobody is left who may do its daily work",
    _UPLOADING: "nobody is left who may upload",
    _DECIDING: "nobody is left who may accept or reject",
}


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether a company can do its daily work.

    Attributes:
        people: members whose Slack account is not known to be deactivated.
        admins: those of them who are admins.
        left: members whose Slack account is deactivated.
        attended: somebody is there who may do the daily work.
        work: what that is, in words: uploading or deciding.
    """

    people: int
    admins: int
    left: int
    attended: bool
    work: str = _ANY

    @property
    def flags(self) -> tuple[str, ...]:
        """What is missing, in words; empty if nothing is."""
        missing = []
        if not self.people:
            return ("nobody is left",)
        if not self.attended:
            missing.append(_UNATTENDED[self.work])
        if not self.admins:
            missing.append("no admin is left")
        return tuple(missing)


@dataclass(frozen=True, slots=True)
class CompanyState:
    """A company in the operators' list.

    Attributes:
        account: id.
        name: display name.
        is_reseller: which side it is on.
        attendance: of its people.
        links: resellers or customers it is linked with.
        uploads: of the last 30 days; from a thousand on nobody counts.
    """

    account: str
    name: str
    is_reseller: bool
    attendance: Attendance
    links: int
    uploads: int


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """A channel that refuses messages.

    Attributes:
        team: workspace.
        channel: its id.
        account: whose channel it is.
        code: Slack's.
        since: UTC.
    """

    team: str
    channel: str
    account: str
    code: str
    since: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What needs an operator.

    Attributes:
        companies: how many there are.
        flagged: those that lack an admin, or somebody for their daily work.
        channels: channels that refuse messages.
        workspaces: workspaces in which Rollcall cannot speak.
        undelivered: notices that nobody took.
        letters: queue → about how many dead letters; empty before they were counted.
    """

    companies: int
    flagged: int
    channels: int
    workspaces: int
    undelivered: int
    letters: Mapping[str, int]

    @property
    def is_calm(self) -> bool:
        """Nothing needs anybody."""
        return not (self.flagged or self.channels or self.workspaces or self.undelivered or any(self.letters.values()))


def attendance(members: Sequence[Member], left: Collection[Person]) -> Attendance:
    """What is known of a company's people.

    Args:
        members: all of them, as stored.
        left: those whose Slack account is deactivated.
    """
    present = [member for member in members if member.person not in left]
    return Attendance(
        people=len(present),
        admins=sum(member.role.value == _ADMIN for member in present),
        left=len(members) - len(present),
        attended=is_attended(member.role for member in present),
        work=_UPLOADING if any(isinstance(member.role, ResellerRole) for member in members) else _DECIDING,
    )
