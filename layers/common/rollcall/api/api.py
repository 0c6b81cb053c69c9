"""The whole API: lets a caller in, looks at what they sent, and has it answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from rollcall.api.callers import Callers
from rollcall.api.deciding import Deciding
from rollcall.api.devices import DeviceCalls
from rollcall.api.document import document
from rollcall.api.jobs import JobCalls
from rollcall.api.occasions import Occasions
from rollcall.api.operations import Name
from rollcall.api.reports import ReportCalls
from rollcall.api.requests import Answer, Request, read_body, read_query, wants_csv
from rollcall.api.starting import Starting
from rollcall.api.uploads import UploadCalls
from rollcall.approvals.assembly import Workshop
from rollcall.removing.assembly import removals
from rollcall.store.accounts import AccountsStore
from rollcall.store.api_requests import ApiRequestsStore
from rollcall.store.device_lists import DeviceLists
from rollcall.store.devices import DevicesStore
from rollcall.store.objects import Objects
from rollcall.store.post_forms import PostForms
from rollcall.store.report_files import ReportFiles
from rollcall.store.request_counts import RequestCountsStore
from rollcall.store.reservations import ReservationsStore
from rollcall.store.sessions import LazyClient
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import UploadsStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.api.operations import Operation
    from rollcall.settings import Settings


class Api:
    """Answers requests, on a stack's tables, bucket and queues.

    Args:
        settings: names of them, and how often a key may ask.
        signer: S3, with signatures that others use.
        seconds_left: how long the request that is being answered may still take.
    """

    def __init__(self, settings: Settings, *, signer: Any, seconds_left: Callable[[], float]) -> None:  # noqa: ANN401 - of boto3 or botocore
        self._public_url = settings.public_url
        dynamodb, sqs, table = LazyClient("dynamodb"), LazyClient("sqs"), settings.uploads_table
        accounts, lists = AccountsStore(settings.accounts_table), UploadLists(table)
        counts, requests = RequestCountsStore(dynamodb, settings.accounts_table), ApiRequestsStore(dynamodb, table)
        self._callers = Callers(accounts, counts, settings.api_requests_per_minute, time.time)
        occasions = Occasions(requests, time.time)
        starting = Starting(
            accounts=accounts,
            uploads=UploadsStore(table),
            reservations=ReservationsStore(table),
            occasions=occasions,
            requests=requests,
            forms=PostForms(signer, settings.bucket),
            bucket=settings.bucket,
            most_bytes=settings.max_file_bytes,
            clock=time.time,
        )
        files, objects = ReportFiles(signer, settings.bucket), Objects(signer, settings.bucket)
        uploads = UploadCalls(accounts=accounts, lists=lists, files=files, objects=objects, clock=time.time)
        reports = ReportCalls(lists=lists, files=files, objects=objects, clock=time.time)
        devices = DeviceCalls(
            accounts, DevicesStore(settings.devices_table), DeviceLists(settings.devices_table, table)
        )
        workshop = Workshop(settings, dynamodb=dynamodb, sqs=sqs, seconds_left=seconds_left)
        deciding = Deciding(approvals=workshop.approvals(accounts), lists=lists, occasions=occasions)
        jobs = JobCalls(
            jobs=workshop.jobs,
            removals=removals(settings, dynamodb=dynamodb, sqs=sqs, seconds_left=seconds_left),
            occasions=occasions,
        )
        self._calls: Mapping[Name, Callable[[Request], Answer]] = {
            Name.START_UPLOAD: starting.start,
            Name.LIST_UPLOADS: uploads.listing,
            Name.GET_UPLOAD: uploads.one,
            Name.UPLOAD_ERRORS: reports.errors,
            Name.UPLOAD_RESULTS: reports.results,
            Name.LIST_DEVICES: devices.listing,
            Name.GET_DEVICE: devices.one,
            Name.DELETE_DEVICES: jobs.delete,
            Name.DECIDE: deciding.decide,
            Name.GET_JOB: jobs.one,
        }

    def answer(
        self,
        operation: Operation,
        *,
        path: Mapping[str, str],
        query: str,
        headers: Mapping[str, str],
        body: bytes,
        reference: str,
    ) -> Answer:
        """Answers a request.

        Args:
            operation: the call.
            path: parameters of the address.
            query: what stands behind the question mark.
            headers: names in lower case.
            body: as it was sent.
            reference: the id under which the logs tell more.

        Raises:
            ProblemError: it is refused.
        """
        if operation.act is None:
            read_query(query, operation)
            return Answer(document(self._public_url or "/"))
        caller = self._callers.admit(headers.get("authorization", ""), operation.act)
        request = Request(
            caller=caller,
            path=path,
            query=read_query(query, operation),
            body=read_body(body, operation) if operation.body is not None else {},
            as_csv=wants_csv(headers.get("accept", ""), operation),
            reference=reference,
        )
        return self._calls[operation.name](request)
