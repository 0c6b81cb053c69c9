"""Starts uploads: an id is reserved, and the caller is told where to post the file (row P20)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.api.checking import Wrong
from rollcall.api.problems import ProblemError, refused
from rollcall.api.requests import Answer
from rollcall.errors import Fault
from rollcall.layout import MANY, reserved_key
from rollcall.store.reservations import new_upload_id
from rollcall.upload_ids import drawn
from rollcall.uploads import Upload, UploadStatus, utc
from rollcall.wishes import CUSTOMER, ORDER_DATE, ORDER_NUMBER, STC, Settled, Wish, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Link
    from rollcall.api.callers import Caller
    from rollcall.api.occasions import Occasions
    from rollcall.api.requests import Request
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.api_requests import ApiRequest, ApiRequestsStore
    from rollcall.store.post_forms import PostForms
    from rollcall.store.reservations import ReservationsStore
    from rollcall.store.uploads import UploadsStore

#: Seconds for which a file can be posted.
VALID: Final = 15 * 60
_CALL: Final = "uploads"
#: Of what names an occasion, so many make an upload id.
_ID_BYTES: Final = 10


class Starting:
    """Starts uploads.

    Args:
        accounts: the reseller and its customers.
        uploads: what was reserved before.
        reservations: reserves.
        occasions: tells a repeat from a new request.
        requests: the answers that were given.
        forms: signs what the file is posted with.
        bucket: where files arrive.
        most_bytes: of one file.
        clock: epoch seconds.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        accounts: AccountsStore,
        uploads: UploadsStore,
        reservations: ReservationsStore,
        occasions: Occasions,
        requests: ApiRequestsStore,
        forms: PostForms,
        bucket: str,
        most_bytes: int,
        clock: Callable[[], float],
    ) -> None:
        self._accounts = accounts
        self._uploads = uploads
        self._reservations = reservations
        self._occasions = occasions
        self._requests = requests
        self._forms = forms
        self._bucket = bucket
        self._most_bytes = most_bytes
        self._clock = clock

    def start(self, request: Request) -> Answer:
        """Reserves an upload, once for each transaction id.

        Raises:
            ProblemError: it cannot be, or the transaction id was used for something else.
        """
        if not request.body.get("transaction_id"):
            return Answer(self._form(self._reserve(request, new_upload_id()), int(self._clock())))
        self._settle(request.caller, request.body)
        return self._again(request, self._occasions.of(request, _CALL))

    def _again(self, request: Request, known: ApiRequest) -> Answer:
        """The answer to a request that was made before, perhaps only a moment ago by this very call."""
        upload_id = drawn(bytes.fromhex(known.subject)[:_ID_BYTES])
        upload = self._uploads.get(upload_id)
        now = int(self._clock())
        if known.answer and (known.until > now or (upload and upload.status is not UploadStatus.AWAITING_FILE)):
            return Answer(known.answer)
        if upload is None:
            upload = self._reserve(request, upload_id)
        # The form has run out and no file came: a fresh one, for the same upload.
        return Answer(self._requests.answer(known.key, self._form(upload, now), until=now + VALID, now=now))

    def _form(self, upload: Upload, now: int) -> dict[str, Any]:
        form = self._forms.form(upload.key, most_bytes=self._most_bytes, seconds=VALID)
        return {
            "upload_id": upload.id,
            "post": {"url": form.url, "fields": dict(form.fields)},
            "expires_at": utc(datetime.fromtimestamp(now + VALID, UTC)),
        }

    def _reserve(self, request: Request, upload_id: str) -> Upload:
        caller, body = request.caller, request.body
        settled = self._settle(caller, body)
        upload = Upload(
            id=upload_id,
            bucket=self._bucket,
            key=reserved_key(caller.account, settled.customer, upload_id, check_only=settled.check_only),
            version="",
            reseller=caller.account,
            customer=settled.customer,
            many=settled.customer is None,
            file_name=body["file_name"],
            check_only=settled.check_only,
            status=UploadStatus.AWAITING_FILE,
            uploaded_by=caller.key.name,
            source="api",
            order_number=settled.order_number,
            order_date=settled.order_date,
            stc=settled.stc,
            started_at=utc(datetime.fromtimestamp(self._clock(), UTC)),
            reference=request.reference,
        )
        once = f"api\0{upload_id}"
        reserved = self._reservations.reserve([upload], once=once, now=self._clock())
        if not reserved:
            raise refused("UPLOAD_LAPSED")
        return reserved[0]

    def _settle(self, caller: Caller, body: Mapping[str, Any]) -> Settled:
        reseller = self._accounts.reseller(caller.account)
        if reseller is None:
            raise ProblemError(Fault("KEY_INVALID"))
        wish = Wish(
            customer=MANY if body["customer_id"] is None else body["customer_id"],
            stc=body.get("stc") or "",
            order_number=body.get("order_number") or "",
            order_date=body.get("order_date") or "",
            check_only=bool(body.get("check_only")),
        )
        links = self._accounts.links_of(caller.account)
        settled = settle(wish, reseller, links)
        if isinstance(settled, Settled):
            return settled
        wrongs = [Wrong(_FIELDS[field], said, _code(field, wish, links)) for field, said in settled.items()]
        raise ProblemError(Fault(wrongs[0].code), wrongs)


_FIELDS: Final = {
    CUSTOMER: "/customer_id",
    STC: "/stc",
    ORDER_NUMBER: "/order_number",
    ORDER_DATE: "/order_date",
}


def _code(field: str, wish: Wish, links: Mapping[str, Link]) -> str:
    """The code of what is wrong with a field; a customer that is not linked is one that does not exist."""
    if field == CUSTOMER:
        return "CUSTOMER_NOT_ACCEPTING" if wish.customer in links else "CUSTOMER_UNKNOWN"
    if field == STC:
        return "STC_NOT_IN_BULK" if wish.customer == MANY else "STC_UNKNOWN"
    return "ORDER_DATE_INVALID" if field == ORDER_DATE else "VALUE_TOO_LONG"
