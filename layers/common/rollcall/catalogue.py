"""Every code with its texts; those of identifiers come from `identifier_texts.py`.

In a text, a part in square brackets is left out unless a value is known for each ``{placeholder}`` in it; a
placeholder stands nowhere else, so that no text ever has a hole. ``{column}`` and ``{value}`` come from the fault,
the others from its details.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.codes import Code, Kind
from rollcall.identifier_texts import REFUSED, REPAIRED
from rollcall.registry_texts import ADDED, NOTED
from rollcall.removal_texts import EXCHANGE, REMOVAL, TAGS
from rollcall.request_texts import REQUEST

if TYPE_CHECKING:
    from collections.abc import Mapping


# title, cause, remedy
_FILE: Final = {
    "FILE_EMPTY": (
        "file is empty",
        "The file has no rows.",
        "Check that you picked the right file and that it was saved before it was sent.",
    ),
    "FILE_TOO_LARGE": (
        "file too large",
        "The file is larger than one upload may be[ ({limit})].",
        "Split it into several files and send them one after the other.",
    ),
    "FILE_GONE": (
        "file gone",
        "The file was deleted or replaced before it could be read.",
        "Send it again, and leave it in place until the result has come.",
    ),
    "FILE_NOT_FETCHED": (
        "file could not be fetched",
        "The file could not be fetched from Slack[: {reason}].",
        "Send it again; an upload link does not need Slack for the file.",
    ),
    "FILE_CHANGED": (
        "not the file that was checked",
        "The file is not the one that was checked.",
        "Check it again, then import what that check shows.",
    ),
    "ROW_LIMIT": (
        "too many rows",
        "The file has more rows than one upload may have[ ({limit})].",
        "Split it into several files and send them one after the other.",
    ),
    "HEADER_UNKNOWN": (
        "no identifier column",
        "No column with an identifier was found in the first row[ ({value})].",
        "Begin the file with a row of column names, one of them imei, meid or serial; only a single column needs none.",
    ),
    "CUSTOMER_COLUMN_MISSING": (
        "no customer column",
        "A file for many customers needs a customer id on each row, and no column holds one[ ({value})].",
        "Add a column customer_id, or send the file as one for a single customer.",
    ),
    "ENCODING": (
        "not readable as text",
        "The file cannot be read as a CSV text file[: it looks like {looks_like}].",
        'Open it in your spreadsheet program, choose "Save as" and then "CSV UTF-8", and send the new file.',
    ),
    "STC_UNKNOWN": (
        "sold-to code unknown",
        "The sold-to code[ {value}] is not one of your company's.",
        "Choose one from your list of sold-to codes, or ask an admin of your account to add it.",
    ),
}

_ROW_VALUES: Final = {
    "CUSTOMER_UNKNOWN": (
        "customer unknown",
        "No customer[ {value}] is linked to your company.",
        "Compare the customer id with your list of customers, or ask the customer to add your company.",
    ),
    "CUSTOMER_NOT_ACCEPTING": (
        "customer does not accept your uploads",
        "The customer[ {value}] does not accept uploads from your company.",
        "Ask the customer to take the block back, then send the rows again.",
    ),
    "STC_REQUIRED": (
        "sold-to code missing",
        "An Enterprise Edition model[ ({value})] needs a sold-to code at upload.",
        "Send these rows again and choose one of your sold-to codes.",
    ),
    "STC_NOT_IN_BULK": (
        "sold-to code not possible here",
        "A file for many customers cannot carry a sold-to code, which an Enterprise Edition model needs.",
        "Send the Enterprise Edition devices in a file for one customer, with a sold-to code; send the others without.",
    ),
    "ORDER_DATE_INVALID": (
        "order date not readable",
        "The order date[ {value}] is not a date in the form YYYY-MM-DD.",
        "Write it like 2024-03-31, or leave it empty.",
    ),
    "VALUE_TOO_LONG": (
        "text too long",
        "The text is longer than a cell may be[ ({limit} characters)].",
        "Shorten it; if it holds several rows, a quotation mark before it is not closed.",
    ),
    "ROW_WIDTH": (
        "wrong number of cells",
        "The row has another number of cells than the header[: {cells} instead of {expected}].",
        "Add or remove delimiters, and put quotation marks around a value that contains one.",
    ),
    "ROW_TOO_LONG": (
        "row too long",
        "The row is longer than a row may be[ ({limit} bytes)].",
        "Look for a quotation mark that is not closed, and shorten long texts.",
    ),
    "ROW_CHARACTERS": (
        "characters that are not text",
        "The row contains characters that are not text[ ({character})].",
        "Type the row again, or export it again from the system it came from.",
    ),
    "ROW_QUOTES": (
        "stray quotation mark",
        "A quotation mark stands where none can stand, so it is unclear where the cell ends.",
        "Put the whole value in quotation marks and write a quotation mark inside it twice, or remove it.",
    ),
}

_WARNING: Final = {
    "SERIAL_UNUSUAL": (
        "unusual serial number",
        "Most serial numbers are an R and ten letters or digits; this one is not.",
        "Compare it with the device; if it is right, there is nothing to do.",
    ),
    "COLUMN_UNKNOWN": (
        "unknown column",
        "The column[ {column}] is not one that is read.",
        "Nothing to do, unless it holds something that was meant to be read: then rename it.",
    ),
    "HEADER_REPEATED": (
        "column twice",
        "The column[ {column}] stands twice in the header; only the first was read.",
        "Rename or remove the second one if it was meant to be read.",
    ),
}

_DECISION: Final = {
    "NOT_FOUND": (
        "not found",
        "There is nothing of this id[ ({value})] that you may see.",
        "Compare the id; if you act for several companies, name the right one with as:<account>.",
    ),
    "NOT_PENDING": (
        "not pending",
        "The device is not pending[: it is {status}].",
        "Look at its card to see who decided and when; a decision can be undone for a while.",
    ),
    "RESELLER_NOT_REGISTERED": (
        "reseller not registered",
        "The device came from a reseller that your company has not registered[ ({reseller})].",
        "Register the reseller first, then send the list again.",
    ),
    "DECISION_NOT_ALLOWED": (
        "not allowed",
        "Your role in this account does not allow this.",
        "Ask an approver or admin of your company.",
    ),
    "SEVERAL_RESELLERS": (
        "several resellers",
        "Several devices at once can be decided on only if one reseller uploaded them all.",
        "Decide on the devices of each reseller by themselves, or send a list for bulk accept.",
    ),
    "APPROVAL_ID_SINGLE": (
        "approval ID for several devices",
        "An approval ID[ ({value})] can be given for a single device only.",
        "Accept that device by itself, or send a list with an approval ID on each line.",
    ),
    "DECISION_GONE": (
        "decision no longer stands",
        "The decision no longer stands[: the device is {status} now].",
        "Look at its history to see what came after; there is nothing left to undo.",
    ),
    "UNDO_TOO_LATE": (
        "too late to undo",
        "The decision is final[: it could be undone until {until}].",
        "Ask the reseller to delete the device and upload it again.",
    ),
    "DEVICE_EXCHANGING": (
        "exchange under way",
        "The identifier of the device is being exchanged.",
        "Try again when the exchange is over, after 24 hours at the latest.",
    ),
    "NOT_EXCHANGEABLE": (
        "not exchangeable",
        "Only the identifier of a pending or verified device can be exchanged[: this one is {status}].",
        "Look at its card to see what happened to it.",
    ),
    "UPLOAD_CHANGED": (
        "upload changed",
        "What is pending of the upload is no longer what was shown, so nothing was decided.",
        "Look at the figures as they are now, and decide on those.",
    ),
    "UPLOAD_BEING_DECIDED": (
        "decided on by somebody else",
        "Somebody of your company is deciding on the whole upload at this moment.",
        "Wait until that is done, then look at what is left.",
    ),
    "UPLOAD_IN_PROGRESS": (
        "upload in progress",
        "The upload is still being stored.",
        "Try again when its result has come.",
    ),
    "HISTORY_FULL": (
        "history full",
        "So much has happened to the device that nothing more can be noted of it.",
        "Ask the reseller to delete the device and upload it again.",
    ),
    "GRANT_INVALID": (
        "grant not valid",
        "The list came without a grant, or with one that was used before or is older than 15 minutes.",
        "Ask for a new grant with approvals bulk, and send the list with it again.",
    ),
}


def _codes(kind: Kind, texts: Mapping[str, tuple[str, str, str]]) -> dict[str, Code]:
    return {name: Code(name, kind, *parts) for name, parts in texts.items()}


CATALOGUE: Final[Mapping[str, Code]] = (
    _codes(Kind.FILE, _FILE)
    | _codes(Kind.ROW, REFUSED)
    | _codes(Kind.ROW, _ROW_VALUES)
    | _codes(Kind.WARNING, _WARNING)
    | _codes(Kind.WARNING, NOTED)
    | _codes(Kind.REPAIR, REPAIRED)
    | _codes(Kind.REPAIR, ADDED)
    | _codes(Kind.DECISION, _DECISION)
    | _codes(Kind.DECISION, REMOVAL)
    | _codes(Kind.DECISION, EXCHANGE)
    | _codes(Kind.DECISION, TAGS)
    | _codes(Kind.REQUEST, REQUEST)
)
