"""Gives out upload ids for files that are on their way, and sends for the files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rollcall import layout
from rollcall.store.reservations import new_upload_id
from rollcall.uploads import Upload, UploadStatus, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rollcall.desk.uploaders import Uploader
    from rollcall.incoming import SlackFile
    from rollcall.store.queues import Queue
    from rollcall.store.reservations import ReservationsStore
    from rollcall.wishes import Settled


class Reserving:
    """Reserves uploads.

    Args:
        reservations: where they are kept.
        jobs: queue of longer work.
        bucket: where files arrive.
        clock: epoch seconds.
    """

    def __init__(self, reservations: ReservationsStore, jobs: Queue, bucket: str, clock: Callable[[], float]) -> None:
        self._reservations = reservations
        self._jobs = jobs
        self._bucket = bucket
        self._clock = clock

    def from_slack(
        self,
        uploader: Uploader,
        settled: Settled,
        files: Sequence[SlackFile],
        *,
        team: str,
        once: str,
        reference: str,
    ) -> tuple[Upload, ...]:
        """One upload for each file, and a job each that fetches it.

        Args:
            uploader: who sends them.
            settled: what is to be done.
            files: in Slack.
            team: the workspace they lie in.
            once: names the request; repeated, it gives the uploads of the first time.
            reference: the id under which the logs tell more.
        """
        planned = [
            self._planned(uploader, settled, file.name, upload_id=new_upload_id(), reference=reference)
            for file in files
        ]
        uploads = self._reservations.reserve(planned, once=once, now=self._clock())
        # Sent again for a repeated request: the first may have died in between, and a file is fetched once at most.
        self._send(uploader, uploads, team, [{"kind": "fetch_file", "file": _file(file)} for file in files])
        return uploads

    def from_check(
        self, uploader: Uploader, check: Upload, *, team: str, once: str, reference: str
    ) -> tuple[Upload, ...]:
        """The upload of the very bytes that a check judged, and the job that copies them.

        Args:
            uploader: who asks for it, of the reseller whose check it is.
            check: finished, with something to store.
            team: the workspace they act in.
            once: names the check: its file is imported once.
            reference: the id under which the logs tell more.
        """
        planned = self._new(
            uploader,
            upload_id=new_upload_id(),
            reference=reference,
            customer=check.customer,
            check_only=False,
            file_name=check.file_name,
            order_number=check.order_number,
            order_date=check.order_date,
            stc=check.stc,
            sha256=check.sha256,
            checked=check.id,
            checked_stored=check.figures.rows.stored,
        )
        uploads = self._reservations.reserve([planned], once=once, now=self._clock())
        self._send(uploader, uploads, team, [{"kind": "import_check", "check": check.id}])
        return uploads

    def by_link(
        self, uploader: Uploader, settled: Settled, file_name: str, *, upload_id: str, reference: str
    ) -> Upload:
        """The upload of a file that comes by a link, whose id was given out with the link."""
        upload = self._planned(uploader, settled, file_name, upload_id=upload_id, reference=reference)
        self._reservations.reserve([upload], once=f"link\0{upload_id}", now=self._clock())
        return upload

    def _planned(
        self, uploader: Uploader, settled: Settled, file_name: str, *, upload_id: str, reference: str
    ) -> Upload:
        return self._new(
            uploader,
            upload_id=upload_id,
            reference=reference,
            customer=settled.customer,
            check_only=settled.check_only,
            file_name=file_name,
            order_number=settled.order_number,
            order_date=settled.order_date,
            stc=settled.stc,
        )

    def _new(
        self,
        uploader: Uploader,
        *,
        upload_id: str,
        customer: str | None,
        check_only: bool,
        **facts: Any,  # noqa: ANN401 - attributes of an upload
    ) -> Upload:
        member = uploader.reader.acting.member
        return Upload(
            id=upload_id,
            bucket=self._bucket,
            key=layout.reserved_key(member.account, customer, upload_id, check_only=check_only),
            version="",
            reseller=member.account,
            customer=customer,
            many=customer is None,
            check_only=check_only,
            status=UploadStatus.AWAITING_FILE,
            uploaded_by=member.email or member.name,
            source="slack",
            person=uploader.person.key,
            started_at=utc(datetime.fromtimestamp(self._clock(), UTC)),
            **facts,
        )

    def _send(
        self, uploader: Uploader, uploads: Sequence[Upload], team: str, jobs: Sequence[Mapping[str, object]]
    ) -> None:
        person = uploader.person
        self._jobs.send(
            {
                **job,
                "id": upload.id,
                "team": team,
                "home_team": person.team,
                "user": person.user,
                "upload": upload.id,
            }
            for job, upload in zip(jobs, uploads, strict=False)  # as many, or none at all
        )


def _file(file: SlackFile) -> dict[str, object]:
    return {"id": file.id, "name": file.name, "size": file.size, "url": file.url}
