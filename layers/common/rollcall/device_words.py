"""The words of ``/devices``."""

from __future__ import annotations

from typing import Final

from rollcall.word import FILTERS, MOST_IDS, Takes, Word

DEVICE_WORDS: Final[tuple[Word, ...]] = (
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
)
