"""The table of commands: areas, their words, what each takes, an example and one line of help.

The grammar parses by this table, the help is printed from it, and every example in it is itself a command that the
grammar reads. A new word is one more row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: Most identifiers one command takes; longer lists are sent as a CSV.
MOST_IDS: Final = 500

#: Filters of a device list, in the order in which they are written.
FILTERS: Final = ("customer", "status", "order", "model", "tag", "upload", "sort")


class Takes(StrEnum):
    """What stands behind a word besides its ``key:value`` pairs."""

    NOTHING = "nothing"
    DEVICES = "identifiers of devices"
    UPLOAD = "one upload id"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an area.

    Attributes:
        area: "" for the words that belong to none.
        name: lower case.
        usage: what stands behind the area, as the help shows it.
        help: one line, without a full stop.
        example: text behind the slash command; the grammar reads it.
        takes: what stands behind the word.
        least: how many of them must be there.
        most: how many may be.
        filters: keys that narrow a device list; they go into the command's query.
        options: keys of its own; they go into the command's options.
        signed: among the identifiers may stand texts with a sign, such as ``+stock`` and ``-old``.
        bare: it may be left out before what it takes: ``devices 356…`` is ``devices find 356…``.
    """

    area: str
    name: str
    usage: str
    help: str
    example: str
    takes: Takes = Takes.NOTHING
    least: int = 0
    most: int = 0
    filters: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    signed: bool = False
    bare: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys it takes, in the order in which they are written."""
        return (*self.filters, *self.options)


WORDS: Final[tuple[Word, ...]] = (
    Word(
        area="devices",
        name="find",
        usage="find <id>…",
        help="One device as a card, or the state of many: paste IMEIs, MEIDs or serial numbers; find may be left out",
        example="devices find 490154203237518",
        takes=Takes.DEVICES,
        least=1,
        most=MOST_IDS,
        bare=True,
    ),
    Word(
        area="devices",
        name="list",
        usage="list [customer:<id>] [status:<s>] [order:<n>] [model:<m>] [tag:<t>] [upload:<id>] [sort:-uploaded]",
        help="Devices by upload date, newest first; filters combine, sort:uploaded turns the order round",
        example="devices list status:pending sort:-uploaded",
        filters=FILTERS,
    ),
    Word(
        area="devices",
        name="history",
        usage="history <id>",
        help="What happened to one device: uploaded, decided, exchanged, by whom and when",
        example="devices history 490154203237518",
        takes=Takes.DEVICES,
        least=1,
        most=1,
    ),
    Word(
        area="devices",
        name="export",
        usage="export [customer:<id>] [status:<s>] [order:<n>] [model:<m>] [tag:<t>] [upload:<id>] [sort:-uploaded]",
        help="The same list as a CSV file in your messages, as long as it may be",
        example="devices export status:pending",
        filters=FILTERS,
    ),
    Word(
        area="devices",
        name="delete",
        usage="delete <id>…",
        help="For resellers' admins: delete devices, after a look at what goes; accepted ones the customer releases",
        example="devices delete 490154203237518",
        takes=Takes.DEVICES,
        least=1,
        most=MOST_IDS,
    ),
    Word(
        area="devices",
        name="tag",
        usage="tag <id>… +x -y",
        help="For resellers' uploaders: add and remove tags, by which lists can be narrowed",
        example="devices tag 490154203237518 +stock -old",
        takes=Takes.DEVICES,
        least=1,
        most=MOST_IDS,
        signed=True,
    ),
    Word(
        area="devices",
        name="exchange",
        usage="exchange <old> <new>",
        help="For resellers' admins: exchange an IMEI for another; the device keeps its history and its state",
        example="devices exchange 490154203237518 356938035643809",
        takes=Takes.DEVICES,
        least=2,
        most=2,
    ),
    Word(
        area="devices",
        name="refresh",
        usage="refresh <id>… or upload:<id>",
        help="For resellers: ask the manufacturer's registry again about devices in MPTS_ERROR",
        example="devices refresh 490154203237518",
        takes=Takes.DEVICES,
        most=MOST_IDS,
        options=("upload",),
    ),
    Word(area="devices", name="help", usage="help", help="These lines", example="devices help"),
    Word(
        area="uploads",
        name="list",
        usage="list [customer:<id>]",
        help="Uploads, newest first, with their figures; list may be left out",
        example="uploads list customer:CUST-NORTHWIND",
        options=("customer",),
    ),
    Word(
        area="uploads",
        name="open",
        usage="<upload_id>",
        help="One upload; the first six characters of its id are enough",
        example="uploads U-7K3F-9QMC",
        takes=Takes.UPLOAD,
        least=1,
        most=1,
        bare=True,
    ),
    Word(
        area="uploads",
        name="errors",
        usage="errors <upload_id>",
        help="Why rows were refused, grouped by cause, and what to do about each",
        example="uploads errors U-7K3F-9QMC",
        takes=Takes.UPLOAD,
        least=1,
        most=1,
    ),
    Word(
        area="uploads",
        name="new",
        usage="new",
        help="For resellers: a form that sends CSV files, or checks them only",
        example="uploads new",
    ),
    Word(
        area="uploads",
        name="link",
        usage="link [customer:<id>] [order:<n>] [date:<day>] [stc:<alias>] [check:yes]",
        help="For resellers: a page that takes one large file, also from a phone; customer:many for many customers",
        example="uploads link customer:CUST-NORTHWIND",
        options=("customer", "order", "date", "stc", "check"),
    ),
    Word(
        area="uploads",
        name="export",
        usage="export [customer:<id>]",
        help="The list of uploads as a CSV file in your messages",
        example="uploads export",
        options=("customer",),
    ),
    Word(
        area="uploads",
        name="undo",
        usage="undo <upload_id>",
        help="Take an upload back as far as nothing was decided; your own for a day, any for admins of the reseller",
        example="uploads undo U-7K3F-9QMC",
        takes=Takes.UPLOAD,
        least=1,
        most=1,
    ),
    Word(
        area="uploads",
        name="quality",
        usage="quality [period:week|month|quarter] [csv:yes]",
        help="How good uploads are: error rate by cause, first-time-right rate, median time to approval",
        example="uploads quality period:month",
        options=("period", "csv"),
    ),
    Word(area="uploads", name="help", usage="help", help="These lines", example="uploads help"),
    Word(
        area="approvals",
        name="list",
        usage="[list]",
        help="For customers: devices that wait for your decision, by reseller and upload",
        example="approvals list",
    ),
    Word(
        area="approvals",
        name="accept",
        usage="accept <id>… [approval:<text>]",
        help="Accept devices of one reseller; an approval ID is for a single device",
        example="approvals accept 490154203237518",
        takes=Takes.DEVICES,
        least=1,
        most=MOST_IDS,
        options=("approval",),
    ),
    Word(
        area="approvals",
        name="reject",
        usage='reject <id>… reason:"…"',
        help="Reject devices; the reseller reads the reason",
        example='approvals reject 490154203237518 reason:"not ordered"',
        takes=Takes.DEVICES,
        least=1,
        most=MOST_IDS,
        options=("reason",),
    ),
    Word(
        area="approvals",
        name="bulk",
        usage="bulk",
        help="Accept by a list: a CSV file, a pasted list, or a file put into the bucket",
        example="approvals bulk",
    ),
    Word(
        area="approvals",
        name="resellers",
        usage="resellers",
        help="From whom devices are taken: register a reseller, block it, let it in again",
        example="approvals resellers",
    ),
    Word(
        area="approvals",
        name="history",
        usage="history",
        help="What your company decided, newest first, and whether it still stands; the whole audit as a CSV file",
        example="approvals history",
    ),
    Word(
        area="approvals",
        name="rules",
        usage="rules",
        help="Rules that accept by themselves within guard rails: add one, try it, switch it on or off",
        example="approvals rules",
    ),
    Word(
        area="approvals",
        name="orders",
        usage="orders",
        help="Orders that you expect: announce one, see what came of it, close it",
        example="approvals orders",
    ),
    Word(area="approvals", name="help", usage="help", help="These lines", example="approvals help"),
    Word(
        area="",
        name="help",
        usage="help",
        help="What you can ask for",
        example="help",
    ),
    Word(area="", name="me", usage="me", help="Who you are here, and what you may do", example="me"),
    Word(
        area="",
        name="join",
        usage="join <code>",
        help="Join a company, or bring yours in, with the code you were given; it works once",
        example="join J-7K3F-9QMC-2V5R-8TXA",
        takes=Takes.TEXTS,
        least=1,
        most=6,
    ),
    Word(
        area="",
        name="setup",
        usage="setup [members|channel|hours|language|codes|references|rules|reminders|history]",
        help="For admins: people and roles, your channel, sold-to codes, references, rules, and who changed what",
        example="setup members",
        takes=Takes.TEXTS,
        most=3,
    ),
    Word(
        area="",
        name="keys",
        usage="keys",
        help="For admins: keys of the HTTP API; make one, revoke one",
        example="keys",
    ),
    Word(
        area="",
        name="invite",
        usage='invite reseller|customer "<name>" [reference:<yours>] [reseller:<id>]',
        help="For operators, and for resellers' admins who bring in a customer: a code that lets its first admin in",
        example='invite customer "Northwind Logistics"',
        takes=Takes.TEXTS,
        most=2,
        options=("reference", "reseller"),
    ),
    Word(
        area="",
        name="customers",
        usage="customers",
        help="For resellers: your customers, with your own reference for each",
        example="customers",
    ),
)

#: Other spellings of an area.
SPELLINGS: Final = {"device": "devices", "upload": "uploads", "approval": "approvals"}

#: What an area does when nothing stands behind it; without an entry it gives its help.
WITHOUT_A_WORD: Final = {"uploads": "list", "approvals": "list", "operator": "overview"}


def areas(words: tuple[Word, ...] = WORDS) -> tuple[str, ...]:
    """The areas that have words, in the order of the table; without the words that belong to none."""
    return tuple(dict.fromkeys(word.area for word in words if word.area))


def words_of(area: str, words: tuple[Word, ...] = WORDS) -> tuple[Word, ...]:
    """The words of an area, in the order of the table."""
    return tuple(word for word in words if word.area == area)


def find_word(area: str, name: str, words: tuple[Word, ...] = WORDS) -> Word | None:
    """A word by its name, in any case; None where the area has no such word."""
    wanted = name.casefold()
    return next((word for word in words if word.area == area and word.name == wanted), None)
