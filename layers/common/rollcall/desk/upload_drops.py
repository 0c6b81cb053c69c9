"""Files put into the bot's messages: what to do with them is asked, and then done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rollcall.acting import Stranger, Undecided
from rollcall.desk.upload_forms import QUESTION
from rollcall.desk.uploaders import Uploader
from rollcall.incoming import FORM_FILES, refusal
from rollcall.layout import MANY
from rollcall.permissions import Act, allows
from rollcall.references import reference as reference_of
from rollcall.store.drops import Drop
from rollcall.upload_forms import read_wish
from rollcall.views import list_drops as list_views
from rollcall.views import upload_drops as views
from rollcall.views import upload_forms as form_views
from rollcall.views.reader import COMMAND
from rollcall.wishes import Settled, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.accounts import Person
    from rollcall.desk.reserving import Reserving
    from rollcall.desk.uploaders import Uploaders
    from rollcall.desk.visits import Visits
    from rollcall.incoming import SlackFile
    from rollcall.store.drops import DropsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class UploadDrops:
    """Asks about dropped files and takes them.

    Args:
        visits: who sends them.
        uploaders: who may have them stored.
        reserving: what follows.
        drops: files that wait for an answer.
        most_bytes: of one file.
        clock: epoch seconds.
    """

    def __init__(
        self,
        visits: Visits,
        uploaders: Uploaders,
        reserving: Reserving,
        drops: DropsStore,
        most_bytes: int,
        clock: Callable[[], float],
    ) -> None:
        self._visits = visits
        self._uploaders = uploaders
        self._reserving = reserving
        self._drops = drops
        self._most_bytes = most_bytes
        self._clock = clock

    def received(self, person: Person, files: Sequence[SlackFile], *, once: str) -> Message:
        """What is answered to files.

        Args:
            person: who sent them.
            files: of one message.
            once: names the message.
        """
        who = self._visits.who(person, command=COMMAND)
        if isinstance(who, Stranger):
            return self._visits.turned_away(who, question=QUESTION, command=COMMAND)
        say = self._visits.say_to(who) if isinstance(who, Undecided) else who.say
        judged = [(file, refusal(file, limit=self._most_bytes, say=say)) for file in files]
        taken = tuple(file for file, why in judged if not why)
        refused = [(file, why) for file, why in judged if why]
        refused += [(file, say("is one too many; send it in another message")) for file in taken[FORM_FILES:]]
        account = "" if isinstance(who, Undecided) else who.acting.account
        drop = Drop(reference_of(once, person.key), account, person.key, taken[:FORM_FILES])
        if drop.files:
            self._drops.put(drop, now=self._clock())
        if not isinstance(who, Undecided):
            return self._question(who, drop, refused)
        if not drop.files:
            return views.refusal(views.whys_of(refused), say=say)
        return list_views.whose(drop.id, drop.files, who.memberships, self._visits.names(who.memberships), say)

    def choose(self, person: Person, drop_id: str, account: str) -> Message:
        """Asks what to do with files of whom it is known now for which of their companies they are.

        Args:
            person: who pressed.
            drop_id: the files.
            account: the company; remembered as for any other question.
        """
        who = self._visits.who(person, named=account, command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return self._visits.turned_away(who, question=QUESTION, command=COMMAND)
        self._visits.remember(person, account)
        drop = self._drops.get(drop_id)
        if drop is None or drop.person != person.key:
            return list_views.gone(who)
        drop = replace(drop, account=account)
        self._drops.put(drop, now=self._clock())
        return self._question(who, drop, [])

    def _question(self, reader: Reader, drop: Drop, refused: Sequence[tuple[SlackFile, str]]) -> Message:
        """What to do with files: whoever may not upload can look them up, and accept by them."""
        if not drop.files:
            return views.refusal(views.whys_of(refused), reader, say=reader.say)
        role = reader.acting.member.role
        if not allows(role, Act.UPLOAD):
            return list_views.question(drop.id, drop.files, refused, reader, decides=allows(role, Act.DECIDE))
        found = self._uploaders.admit(reader)
        if not isinstance(found, Uploader):
            return found
        suggested = replace(found.last, customer=found.suggested)
        if suggested.customer == MANY:
            suggested = replace(suggested, stc="")
        return views.question(drop.id, drop.files, refused, reader, (found.reseller, found.links, suggested))

    def take(
        self, person: Person, drop_id: str, values: object, *, check_only: bool, team: str, reference: str
    ) -> Message | str:
        """Takes dropped files as their sender says.

        Args:
            person: who pressed.
            drop_id: the files.
            values: what stands in the menus of the message.
            check_only: judge and store nothing.
            team: the workspace the files lie in.
            reference: the id under which the logs tell more.

        Returns:
            A message in place of the question; or what is missing, as mrkdwn, and the question stays.
        """
        drop = self._drops.get(drop_id)
        if drop and drop.person != person.key:
            drop = None
        found = self._uploaders.enter(person, named=drop.account if drop else "", question=QUESTION)
        if not isinstance(found, Uploader):
            return found
        if drop is None:
            return views.gone(found.reader)
        wish = replace(read_wish(values), check_only=check_only)
        settled = settle(wish, found.reseller, found.links, found.reader.say)
        if not isinstance(settled, Settled):
            return views.pick_first(list(settled.values()))
        uploads = self._reserving.from_slack(
            found, settled, drop.files, team=team, once=f"drop\0{drop.id}", reference=reference
        )
        self._uploaders.remember(found, wish)
        return form_views.sent(uploads, found.reader)
