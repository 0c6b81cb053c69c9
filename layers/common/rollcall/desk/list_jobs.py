"""What is asked of longer work about a list that came as a file in Slack: to accept by it, or to look it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rollcall.references import reference

if TYPE_CHECKING:
    from rollcall.accounts import Person
    from rollcall.incoming import SlackFile


@dataclass(frozen=True, slots=True)
class ListOf:
    """A file, and in whose name something is done with it.

    Attributes:
        file: the list.
        person: who sent it.
        account: for which they acted.
        team: the workspace the file lies in.
    """

    file: SlackFile
    person: Person
    account: str
    team: str

    def accept(self) -> dict[str, Any]:
        """Has it accepted by; the same file is the same list, however often it is asked for."""
        name = reference(self.file.id, self.person.key, self.account)
        return {"kind": "list_file", "id": name, **self._where()}

    def look_up(self, once: str) -> dict[str, Any]:
        """Has its devices looked up.

        Args:
            once: names the click: who asks twice wants to know twice.
        """
        name = reference(once, self.file.id, self.person.key, self.account)
        return {"kind": "look_up", "id": name, **self._where(), "asked_in": self.team, "question": ""}

    def _where(self) -> dict[str, Any]:
        file = self.file
        return {
            "team": self.team,
            "home_team": self.person.team,
            "user": self.person.user,
            "account": self.account,
            "file": {"id": file.id, "name": file.name, "size": file.size, "url": file.url},
        }
