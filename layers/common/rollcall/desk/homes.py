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
from rollcall.waiting import Looked, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rollcall.accounts import Person
    from rollcall.desk.operators import OperatorDesk
    from rollcall.desk.quality import QualityDesk
    from rollcall.desk.visits import Visits
    from rollcall.queries import Page
    from rollcall.reminders import Found
    from rollcall.store.parts import PartsStore
    from rollcall.store.pending_uploads import PendingUploads
    from rollcall.store.upload_lists import UploadLists
    from rollcall.store.uploads import UploadsStore
    from rollcall.upload_lines import UploadLine
    from rollcall.views.reader import Reader

#: Uploads of a reseller that are looked at, and uploads that are named to a customer: the others are found by asking.
RECENT: Final = 20


class HomeDesk:
    """Draws App Home.

    Args:
        visits: who looks.
        lists: their uploads.
        uploads: what was decided of each.
        pending: in which uploads something waits for a customer.
        parts: how much.
        operators: what needs an operator, and what a company lacks.
        quality: how good uploads are.
    """

    def __init__(
        self,
        visits: Visits,
        lists: UploadLists,
        uploads: UploadsStore,
        *,
        pending: PendingUploads,
        parts: PartsStore,
        operators: Callable[[], OperatorDesk],
        quality: Callable[[], QualityDesk],
    ) -> None:
        self._visits = visits
        self._operators = operators
        self._quality = quality
        self._lists = lists
        self._uploads = uploads
        self._pending = pending
        self._parts = parts

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
                return home.stranger_home(who, updated_at=at, say=self._visits.say_to(who))
            return home.operator_home(operator, updated_at=at, notes=needs(self._operators().overview()))
        if isinstance(who, Undecided):
            question = self._visits.turned_away(who, question="me", command=COMMAND)
            return {"type": "home", "blocks": question.blocks}
        page = uploads_of(self._lists, scope_of(who), size=RECENT)
        flags, quality = self._flags(who), self._quality().home(who)
        if who.is_reseller:
            looked = self._of_reseller(page)
            return home.reseller_home(page.items, looked, who, updated_at=at, flags=flags, quality=quality)
        looked = self._of_customer(who.acting.account)
        return home.customer_home(looked, page.items, who, updated_at=at, flags=flags, quality=quality)

    def _flags(self, reader: Reader) -> tuple[str, ...]:
        """What the company lacks, for those who can mend it."""
        member = reader.acting.member
        return self._operators().attendance(member.account).flags if allows(member.role, Act.MANAGE_ACCOUNT) else ()

    def _of_reseller(self, page: Page[UploadLine]) -> Looked:
        """What waits of a reseller's newest uploads. No index has what waits of all: it is by customer."""
        waiting = []
        for line in page.items:
            if line.check_only or line.status in (UploadStatus.AWAITING_FILE, UploadStatus.IN_PROGRESS):
                continue
            pending = line.stored - self._uploads.settled(line.id)
            if pending > 0:
                waiting.append(Waiting(line.id, line.customer, pending, line.uploaded_at, line.order_number))
        return Looked(tuple(waiting), sum(item.devices for item in waiting), is_all=page.after is None)

    def _of_customer(self, customer: str) -> Looked:
        """What waits for a customer, out of the index of what waits: of all uploads, the oldest of them named."""
        found, more = self._pending.of(customer, limit=RECENT)
        waiting = [one for one in (self._part(each, customer) for each in found) if one]
        if not more:
            return Looked(tuple(waiting), sum(item.devices for item in waiting))
        total = self._pending.count(customer)
        return Looked(tuple(waiting), total.devices, is_all=total.is_all, more=True)

    def _part(self, found: Found, customer: str) -> Waiting | None:
        """What waits of an upload; None while it is in progress, or if the index is behind."""
        part = self._parts.get(found.subject, customer)
        if part is None or part.in_progress:
            return None
        pending = part.stored - self._parts.figures(found.subject, customer).settled
        upload = self._uploads.get(found.subject) if pending > 0 else None
        return Waiting(found.subject, found.other, pending, found.since, upload.order_number) if upload else None
