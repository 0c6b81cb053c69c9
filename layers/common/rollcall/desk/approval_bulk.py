"""Accepting by a list: the form opened, sent, and the ways around it for what is larger (row P26)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from rollcall import layout
from rollcall.approvals import Queued, Wish
from rollcall.desk.list_jobs import ListOf
from rollcall.incoming import FORM_BYTES, read_files, refusal
from rollcall.lists import pasted, pasted_problem
from rollcall.references import reference
from rollcall.store.grants import SECONDS, Grant
from rollcall.upload_forms import read_metadata
from rollcall.uploads import utc
from rollcall.views import approval_bulk as views
from rollcall.views.message import Message
from rollcall.views.modals import modal
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.accounts import Person
    from rollcall.commands import Command
    from rollcall.desk.approvers import Seat
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.desk.turns import Turn
    from rollcall.incoming import SlackFile
    from rollcall.store.grants import GrantsStore
    from rollcall.store.queues import Queue
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

    View = dict[str, Any]

#: What somebody is asked to choose an account for.
QUESTION: Final = "approvals bulk"


class BulkDesk:
    """Takes lists.

    Args:
        deciding: takes the decision that a pasted list is.
        grants: lets a file in the bucket speak for somebody.
        jobs: queue of longer work.
        bucket: where such files go.
    """

    def __init__(self, deciding: Deciding, grants: GrantsStore, jobs: Queue, bucket: str) -> None:
        self._deciding = deciding
        self._grants = grants
        self._jobs = jobs
        self._bucket = bucket

    def form(self, person: Person, *, named: str = "", command: str = COMMAND) -> View | Message:
        """The form, or what somebody is told who may not have it.

        Args:
            person: who asks.
            named: the account they act for; empty for their only or their chosen one.
            command: the real name of the slash command.
        """
        seat = self._seat(person, named, command)
        return seat if isinstance(seat, Message) else views.bulk_form(seat.reader)

    def invite(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """A button that opens the form, for a place where nothing can be opened at once."""
        seat = self._deciding.approvers.admit(reader)
        return seat if isinstance(seat, Message) else views.invitation(seat.reader)

    def too_late(self, person: Person, named: str) -> Message:
        """Likewise, where the form came too late to be opened."""
        seat = self._seat(person, named, COMMAND)
        return seat if isinstance(seat, Message) else views.invitation(seat.reader, late=True)

    def template(self, click: Click) -> Message:
        """Has the CSV file to fill in sent into the clicker's DM; what they are told at once."""
        person = click.person
        self._jobs.send(
            [
                {
                    "kind": "list_template",
                    "id": reference(click.once, person.key, "template"),
                    "team": person.team,
                    "home_team": person.team,
                    "user": person.user,
                }
            ]
        )
        return views.template_coming(self._deciding.approvers.say(person))

    def grant(self, click: Click, value: Mapping[str, object]) -> View | Message:
        """The form with a grant in it: for fifteen minutes, one file in the bucket speaks for the clicker."""
        seat = self._seat(click.person, str(value.get("as", "")), COMMAND)
        if isinstance(seat, Message):
            return seat
        now = datetime.now(UTC)
        given = self._grants.give(Grant(seat.approver.account, seat.approver.by), now=now.timestamp())
        until = utc(now + timedelta(seconds=SECONDS))
        key = layout.accept_key(seat.approver.account, "list.csv")
        return views.bulk_form(
            seat.reader, grant=views.grant_text(self._bucket, key, given, until=until, say=seat.reader.say)
        )

    def submit(self, click: Click, view: Mapping[str, Any], *, team: str) -> View:
        """Takes a form that was sent; what Slack is to do with it.

        Args:
            click: who sent it, and once.
            view: the form as Slack hands it back.
            team: the workspace it was sent in, in which its file lies.
        """
        seat = self._seat(click.person, read_metadata(view.get("private_metadata")), COMMAND)
        if isinstance(seat, Message):
            return _instead(seat)
        files, text = (
            read_files(_field(view, views.FILE).get("files")),
            str(_field(view, views.LIST).get("value") or ""),
        )
        if problem := _problem(files, text, seat.reader.say):
            return {"response_action": "errors", "errors": {name: views.problem(why) for name, why in problem.items()}}
        if files:
            self._jobs.send([ListOf(files[0], click.person, seat.approver.account, team).accept()])
            return _instead(views.fetching(files[0].name, seat.reader))
        # By the form and not by the click: a form that is sent twice is the same list.
        wish = Wish(f"{view.get('id') or click.once}#{text}", reference=click.reference)
        answer = self._deciding.tried(lambda: self._deciding.approvals.decide_list(seat.approver, pasted(text), wish))
        if isinstance(answer, Queued):
            return _instead(views.begun(answer.job, seat.reader))
        return _instead(self._deciding.said(answer, seat))

    def _seat(self, person: Person, named: str, command: str) -> Seat | Message:
        self._deciding.begin()
        reader = self._deciding.approvers.read(person, named=named, question=QUESTION, command=command)
        return reader if isinstance(reader, Message) else self._deciding.approvers.admit(reader)


def _problem(files: tuple[SlackFile, ...], text: str, say: Wording) -> dict[str, str]:
    if files and text.strip():
        told = "There is a file as well. Send one of the two; empty this field, or take the file out."
        return {views.LIST: say(told)}
    if not files and not text.strip():
        return {views.LIST: say("Add a CSV file, or paste the list here.")}
    if files:
        why = refusal(files[0], limit=FORM_BYTES, say=say)
        return {views.FILE: f"{files[0].name} {why}."} if why else {}
    why = pasted_problem(text, say, say.sentence)
    return {views.LIST: why} if why else {}


def _field(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    values = (view.get("state") or {}).get("values") or {}
    return (values.get(name) or {}).get(name) or {}


def _instead(answer: Message) -> View:
    return {"response_action": "update", "view": modal(answer, "Accept by list")}
