"""Where files lie in the bucket, and what their place says about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from rollcall.upload_ids import ALPHABET, LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The path segment that stands for "the customer is named in each row".
MANY: Final = "_many"
UPLOADS: Final = "uploads"
CHECK: Final = "check"
ACCEPT: Final = "accept"
CATALOGUE: Final = "catalogue"

#: Only ids as we write them: a person's way to type one is for questions.
_RESERVED: Final = re.compile(rf"(U(?:-[{ALPHABET}]{{4}}){{{LENGTH // 4}}})\.csv")
_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class UploadKey:
    """The key of a device file: ``uploads/<reseller>/<customer or _many>/<name>`` or ``check/…``.

    Attributes:
        reseller: account id as it stands in the key.
        customer: customer or MSP id as it stands in the key; None where each row names its customer.
        name: the rest of the key; may contain slashes.
        check_only: the file is to be judged and nothing stored.
    """

    reseller: str
    customer: str | None
    name: str
    check_only: bool


def is_folder_marker(key: str) -> bool:
    """Whether a key is the empty object that consoles create for a "folder"."""
    return key.endswith("/")


def parse_upload_key(key: str) -> UploadKey | None:
    """Reads a key that is already free of URL encoding; None if it lies outside the layout."""
    parts = key.split("/", 3)
    if len(parts) != 4 or not all(part.strip() for part in parts) or parts[0] not in (UPLOADS, CHECK):  # noqa: PLR2004 - the layout has four parts
        return None
    prefix, reseller, customer, name = parts
    return UploadKey(
        reseller=reseller,
        customer=None if customer == MANY else customer,
        name=name,
        check_only=prefix == CHECK,
    )


def reserved_key(reseller: str, customer: str | None, upload_id: str, *, check_only: bool) -> str:
    """The key under which the file of a reserved upload is expected."""
    return f"{CHECK if check_only else UPLOADS}/{reseller}/{customer or MANY}/{upload_id}.csv"


def reserved_id(key: str) -> str:
    """The upload id that the last part of a key names; empty if none. Whether it was reserved stands in the store."""
    match = _RESERVED.fullmatch(key.rpartition("/")[2])
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class AcceptKey:
    """The key of a list to accept by: ``accept/<customer>/<name>``; the name may contain slashes."""

    customer: str
    name: str


def accept_key(customer: str, name: str) -> str:
    """Where a list to accept by is put."""
    return f"{ACCEPT}/{customer}/{name}"


def parse_accept_key(key: str) -> AcceptKey | None:
    """Reads a key that is already free of URL encoding; None if it is not that of a list."""
    parts = key.split("/", 2)
    if len(parts) != 3 or not all(part.strip() for part in parts) or parts[0] != ACCEPT:  # noqa: PLR2004 - the layout has three parts
        return None
    return AcceptKey(customer=parts[1], name=parts[2])


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What an object's user metadata says of the upload; every text is decoded, empty where absent.

    Attributes:
        order_number: free text, escaped blanks at its edges included; a blank one is none.
        order_date: as given; ``parse_order_date`` judges it.
        stc: alias of a sold-to code.
        uploaded_by: an email address, not yet believed.
    """

    order_number: str = ""
    order_date: str = ""
    stc: str = ""
    uploaded_by: str = ""


def read_metadata(raw: Mapping[str, str]) -> FileMetadata:
    """Decodes the percent-encoded UTF-8 that metadata headers carry; a malformed escape stays as it is.

    Blanks around a header belong to nobody. Escaped ones were meant: they stay in the order number, and are taken off
    what is only looked up.
    """
    texts = {name.lower(): _ESCAPES.sub(_unescaped, value.strip()) for name, value in raw.items()}
    order_number = texts.get("order-number", "")
    return FileMetadata(
        order_number=order_number if order_number.strip() else "",
        order_date=texts.get("order-date", "").strip(),
        stc=texts.get("stc", "").strip(),
        uploaded_by=texts.get("uploaded-by", "").strip(),
    )


def _unescaped(escapes: re.Match[str]) -> str:
    """The characters of a run of escapes; each escape that is no part of one stays as it stands."""
    text, rest = "", escapes[0]
    while rest:
        raw = unquote_to_bytes(rest)
        try:
            return text + raw.decode()
        except UnicodeDecodeError as error:
            text += raw[: error.start].decode() + rest[3 * error.start : 3 * error.end]
            rest = rest[3 * error.end :]
    return text


def parse_order_date(text: str) -> date | None:
    """An ISO 8601 date, or the date of an ISO 8601 date and time; None for anything else."""
    stripped = text.strip()
    if not stripped.isascii():
        return None
    try:
        return date.fromisoformat(stripped)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(stripped).date()
    except ValueError:
        return None


def reports_prefix(owner: str, upload_id: str) -> str:
    """The folder that an upload's reports are put into."""
    return f"reports/{owner}/{upload_id}/"


def export_key(account: str, job: str, name: str) -> str:
    """A list that is too large for a message; it goes after a day."""
    return f"exports/{account}/{job}/{name}"


def export_piece_key(account: str, job: str, number: int) -> str:
    """A piece of a list that takes longer to write than one run may."""
    return f"exports/{account}/{job}/pieces/{number:04}.csv"


def look_up_key(account: str, job: str) -> str:
    """A list whose look-up takes longer than one run may, kept for the runs that follow."""
    return f"exports/{account}/{job}/asked.csv"


def chunk_key(upload_id: str, number: int) -> str:
    """The rows of one chunk, as the planner wrote them."""
    return f"work/{upload_id}/rows/{number:06}.jsonl.gz"


def verdicts_key(upload_id: str, number: int) -> str:
    """Where a chunk's answers of the manufacturer's registry are kept for those who try the chunk again."""
    return f"work/{upload_id}/{number:06}.registry"


def report_group_prefix(upload_id: str, number: int) -> str:
    """The folder of the reports on a group of chunks of a file that is too long to report on in one go."""
    return f"work/{upload_id}/reports/{number:06}/"


def shares_key(upload_id: str) -> str:
    """What each customer has of a file for many customers or of several chunks; there once its reports are."""
    return f"work/{upload_id}/shares.jsonl.gz"


def outcome_key(upload_id: str, number: int, attempt: str) -> str:
    """What became of the rows of one chunk in one attempt."""
    return f"work/{upload_id}/outcomes/{number:06}-{attempt}.jsonl.gz"
