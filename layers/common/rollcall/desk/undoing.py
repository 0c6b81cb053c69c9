"""Taking an upload back at the desk: the form that shows what goes and what stays, and taking it (row B8)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.approvals.answers import Denied
from rollcall.commands import render
from rollcall.desk.removers import Removers
from rollcall.desk.sent_forms import instead, metadata_of, problem_of
from rollcall.desk.visits import scope_of
from rollcall.permissions import Act
from rollcall.removing.assembly import removals as removals_on
from rollcall.store.deadlines import Deadline
from rollcall.store.devices import DevicesStore
from rollcall.store.sessions import LazyClient
from rollcall.store.transactions import OutOfTimeError
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import UploadsStore
from rollcall.transitions import Status
from rollcall.views import decision_answers, hints
from rollcall.views import removal_forms as forms
from rollcall.views import removals as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.commands import Command
    from rollcall.desk.clicks import Click
    from rollcall.desk.removers import Place
    from rollcall.desk.turns import Turn
    from rollcall.removals import Removal
    from rollcall.removing.removals import Removals
    from rollcall.settings import Settings
    from rollcall.uploads import Upload
    from rollcall.views.reader import Reader

    View = dict[str, Any]
    Value = Mapping[str, object]

#: Seconds that an undo may take at the click, of the three that Slack waits; the queue goes on with what is left.
_SECONDS: Final = 2.5
#: Devices of an upload that are looked at one by one for its preview; of a larger one its figures tell.
_LOOKED_AT: Final = 2_000
_PAGE: Final = 500


class UndoDesk:
    """Answers what has to do with taking uploads back.

    Args:
        removers: who may.
        removals: takes them back.
        devices: those of an upload.
        lists: finds an upload by the beginning of its id.
        uploads: single uploads.
        deadline: of the request that is being answered.
    """

    def __init__(
        self,
        *,
        removers: Removers,
        removals: Removals,
        devices: DevicesStore,
        lists: UploadLists,
        uploads: UploadsStore,
        deadline: Deadline,
    ) -> None:
        self._removers = removers
        self._removals = removals
        self._devices = devices
        self._lists = lists
        self._uploads = uploads
        self._deadline = deadline

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables and queues."""
        deadline = Deadline()
        return cls(
            removers=Removers.from_settings(settings),
            removals=removals_on(
                settings, dynamodb=LazyClient("dynamodb"), sqs=LazyClient("sqs"), seconds_left=deadline.left
            ),
            devices=DevicesStore(settings.devices_table),
            lists=UploadLists(settings.uploads_table),
            uploads=UploadsStore(settings.uploads_table),
            deadline=deadline,
        )

    @staticmethod
    def elsewhere(reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG004 - every answer is asked for alike
        """An undo that was typed where nothing is changed, such as in a message."""
        return views.elsewhere(render(command), reader)

    def typed(self, click: Click, command: Command, *, name: str) -> Message | View:
        """Asks before an upload is taken back that was typed (row B8)."""
        self._deadline.start(_SECONDS)
        place = self._removers.by_command(
            click.person, Act.UNDO_OWN_UPLOAD, named=command.as_account, question=render(command), command=name
        )
        if isinstance(place, Message):
            return place
        typed = command.ids[0]
        fits = self._lists.find(scope_of(place.reader), typed)
        if len(fits) > 1:
            return hints.ambiguous(typed, len(fits), place.reader)
        upload = self._uploads.get(fits[0].id) if fits else None
        return self._ask_upload(place, upload, typed)

    def clicked(self, click: Click, value: Value) -> Message | View:
        """Likewise by the button of an upload."""
        self._deadline.start(_SECONDS)
        place, upload = self._of_upload(click, str(value.get("id", "")))
        return place if isinstance(place, Message) else self._ask_upload(place, upload, str(value.get("id", "")))

    def _ask_upload(self, place: Place, upload: Upload | None, asked: str) -> Message | View:
        reader = place.reader
        if upload is None:
            return hints.not_there("upload", asked, reader)
        fault = self._removals.undo_fault(place.remover, upload)
        if fault:
            return (
                hints.not_there("upload", asked, reader) if fault.code == "NOT_FOUND" else views.denied([fault], reader)
            )
        last = self._removals.undone(upload.id)
        if last and not last.is_over:
            return views.answer(last, reader)
        preview = self._preview(upload)
        if not preview.meant and not preview.others:
            return views.nothing_to_undo(upload.id, preview.stays, reader)
        return forms.undo_form(upload, preview, reader)

    def submit(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes the form: takes the upload back, or says at the field what is missing."""
        self._deadline.start(_SECONDS)
        value = metadata_of(view)
        place, upload = self._of_upload(click, str(value.get("u", "")))
        if isinstance(place, Message):
            return instead(place)
        if errors := problem_of(view, value, place.reader.say):
            return errors
        if upload is None:
            return instead(hints.not_there("upload", str(value.get("u", "")), place.reader))
        try:
            answer = self._removals.undo(place.remover, upload, once=click.once, reference=click.reference)
        except OutOfTimeError:
            return instead(decision_answers.out_of_time(place.reader))
        if isinstance(answer, Denied):
            return instead(views.denied(answer.faults, place.reader))
        return instead(views.answer(answer, place.reader))

    def last(self, upload: str) -> Removal | None:
        """How an upload was taken back last; None if it was not."""
        return self._removals.undone(upload)

    def may_undo(self, reader: Reader, upload: Upload) -> bool:
        """Whether somebody may take an upload back now, so that a button for it makes sense."""
        place = self._removers.admit(reader, Act.UNDO_OWN_UPLOAD)
        return not isinstance(place, Message) and self._removals.undo_fault(place.remover, upload) is None

    def _of_upload(self, click: Click, id_: str) -> tuple[Place | Message, Upload | None]:
        upload = self._uploads.get(id_) if id_ else None
        place = self._removers.by_click(
            click.person,
            Act.UNDO_OWN_UPLOAD,
            lambda account: upload is not None and upload.reseller == account,
            what="upload",
            asked=id_,
        )
        return place, upload

    def _preview(self, upload: Upload) -> forms.UndoPreview:
        """What goes and what stays: counted for a small upload, by its figures for a large one."""
        stored = upload.figures.rows.stored
        if stored > _LOOKED_AT:
            pending, verified = stored - self._uploads.settled(upload.id), self._uploads.verified(upload.id)
            known = {Status.PENDING.value: pending}, {Status.VERIFIED.value: verified}
            goes, stays = ({name: number for name, number in one.items() if number} for one in known)
            return forms.UndoPreview(goes, stays, stored - pending - verified)
        states: Counter[Status] = Counter()
        for chunk in range(upload.chunks or 0):
            line = 0
            while read := self._devices.of_chunk(upload.id, chunk, after_line=line, limit=_PAGE):
                line = read[-1].generation.line
                states.update(one.status for one in read)
        return forms.UndoPreview(
            {status.value: number for status, number in states.items() if forms.going(status)},
            {status.value: number for status, number in states.items() if not forms.going(status)},
        )
