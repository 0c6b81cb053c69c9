"""App Home: what waits, what failed, what came lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.acting import Stranger, Undecided
from rollcall.desk.uploads import uploads_of
from rollcall.desk.visits import scope_of
from rollcall.permissions import Act, allows
from rollcall.uploads import UploadStatus, utc
from rollcall.views import home
from rollcall.views.operator import needs
from rollcall.views.reader import COMMAND
from rollcall.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rollcall.accounts import Person
    from rollcall.desk.operators import OperatorDesk
    from rollcall.desk.quality import QualityDesk
    from rollcall.desk.visits import Visits
    from rollcall.store.upload_lists import UploadLists
    from rollcall.store.uploads import UploadsStore
    from rollcall.upload_lines import UploadLine
    from rollcall.views.reader import Reader

#: Uploads looked at: what is older is found by asking.
RECENT: Final = 20


class HomeDesk:
    """Draws App Home.

    Args:
        visits: who looks.
        lists: their uploads.
        uploads: what was decided of each.
        operators: what needs an operator, and what a company lacks.
        quality: how good uploads are.
    """

    def __init__(
        self,
        visits: Visits,
        lists: UploadLists,
        uploads: UploadsStore,
        *,
        operators: Callable[[], OperatorDesk],
        quality: Callable[[], QualityDesk],
    ) -> None:
        self._visits = visits
        self._operators = operators
        self._quality = quality
        self._lists = lists
        self._uploads = uploads

    def view(self, person: Person, *, now: datetime) -> dict[str, Any]:
        """The home of a person, as of now.

        Args:
            person: who looks.
            now: with a time zone.
        """
        at = utc(now)
        who = self._visits.who(person, command=COMMAND)
        if isinstance(who, Stranger):
            operator = self._visits.operator(person)
            if operator is None:
                return home.stranger_home(who, updated_at=at)
            return home.operator_home(operator, updated_at=at, notes=needs(self._operators().overview()))
        if isinstance(who, Undecided):
            question = self._visits.turned_away(who, question="me", command=COMMAND)
            return {"type": "home", "blocks": question.blocks}
        recent = uploads_of(self._lists, scope_of(who), size=RECENT).items
        waiting = self._waiting(recent, who)
        flags, quality = self._flags(who), self._quality().home(who)
        if who.is_reseller:
            return home.reseller_home(recent, waiting, who, updated_at=at, flags=flags, quality=quality)
        return home.customer_home(waiting, recent, who, updated_at=at, flags=flags, quality=quality)

    def _flags(self, reader: Reader) -> tuple[str, ...]:
        """What the company lacks, for those who can mend it."""
        member = reader.acting.member
        return self._operators().attendance(member.account).flags if allows(member.role, Act.MANAGE_ACCOUNT) else ()

    def _waiting(self, recent: Sequence[UploadLine], reader: Reader) -> list[Waiting]:
        """Stored devices that nobody has decided about, by upload."""
        waiting = []
        for line in recent:
            if line.check_only or line.status in (UploadStatus.AWAITING_FILE, UploadStatus.IN_PROGRESS):
                continue
            customer = "" if reader.is_reseller else reader.acting.account
            pending = line.stored - self._uploads.settled(line.id, customer or None)
            if pending > 0:
                company = line.customer if reader.is_reseller else line.account
                waiting.append(Waiting(line.id, company, pending, line.uploaded_at, line.order_number))
        return waiting
