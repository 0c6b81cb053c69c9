"""The form that sends files: opened, searched, submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.desk.uploaders import Uploader
from rollcall.upload_forms import FILES, files_problem, read_form_files, read_metadata, read_wish
from rollcall.views import upload_forms as views
from rollcall.views.modals import modal
from rollcall.views.reader import COMMAND
from rollcall.wishes import Settled, settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.accounts import Person
    from rollcall.commands import Command
    from rollcall.desk.reserving import Reserving
    from rollcall.desk.turns import Turn
    from rollcall.desk.uploaders import Uploaders
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: What somebody is asked to choose an account for.
QUESTION = "uploads new"


class UploadForms:
    """Gives out the form and takes it back.

    Args:
        uploaders: who may have it.
        reserving: what follows.
    """

    def __init__(self, uploaders: Uploaders, reserving: Reserving) -> None:
        self._uploaders = uploaders
        self._reserving = reserving

    def form(self, person: Person, *, named: str = "", command: str = COMMAND) -> dict[str, Any] | Message:
        """The form, or what somebody is told who may not have it.

        Args:
            person: who asks.
            named: the account they act for; empty for their only or their chosen one.
            command: the real name of the slash command.
        """
        found = self._uploaders.enter(person, named=named, question=QUESTION, command=command)
        if not isinstance(found, Uploader):
            return found
        return views.upload_form(found.reader, found.reseller, found.links, found.last)

    def invite(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """A button that opens the form, for a place where nothing can be opened at once."""
        found = self._uploaders.admit(reader)
        return views.invitation(found.reader) if isinstance(found, Uploader) else found

    def too_late(self, person: Person, named: str) -> Message:
        """Likewise, where the form came too late to be opened."""
        found = self._uploaders.enter(person, named=named, question=QUESTION)
        return views.invitation(found.reader, late=True) if isinstance(found, Uploader) else found

    def customers(self, person: Person, account: str, typed: str) -> list[dict[str, Any]]:
        """The customers to pick from; none for somebody who may not upload.

        Args:
            person: who types.
            account: the one the menu is for; empty for their only or their chosen one.
            typed: so far.
        """
        found = self._uploaders.enter(person, named=account, question=QUESTION)
        return views.customer_options(typed, found.links, found.reader) if isinstance(found, Uploader) else []

    def submit(
        self, person: Person, view: Mapping[str, Any], *, team: str, reference: str
    ) -> dict[str, str] | dict[str, Any]:
        """Takes a filled-in form: the uploads are reserved, their files are sent for.

        Args:
            person: who sent it.
            view: the form as Slack hands it back.
            team: the workspace it was sent in.
            reference: the id under which the logs tell more.

        Returns:
            ``response_action`` and what belongs to it, as Slack takes it: what is wrong, by field, or a view that
            says what comes next.
        """
        found = self._uploaders.enter(person, named=read_metadata(view.get("private_metadata")), question=QUESTION)
        if not isinstance(found, Uploader):
            return {"response_action": "update", "view": modal(found)}
        values = (view.get("state") or {}).get("values")
        wish, files = read_wish(values), read_form_files(values)
        settled = settle(wish, found.reseller, found.links, found.reader.say)
        problems = {} if isinstance(settled, Settled) else dict(settled)
        if problem := files_problem(files, found.reader.say):
            problems[FILES] = problem
        if problems or not isinstance(settled, Settled):
            return {"response_action": "errors", "errors": problems}
        # Not the form alone: after a time-out it is still open, and something else may be sent with it.
        once = "\0".join(("form", str(view.get("id")), repr(wish), *(file.id for file in files)))
        uploads = self._reserving.from_slack(found, settled, files, team=team, once=once, reference=reference)
        self._uploaders.remember(found, wish)
        return {"response_action": "update", "view": views.sent_modal(uploads, found.reader)}
