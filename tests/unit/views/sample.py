"""Values to show, and what every message and view must hold."""

from __future__ import annotations

import re

from slack_sdk.models.blocks import Block

from local.slack.blockkit import problems
from rollcall.accounts import CustomerRole, Member, ResellerRole
from rollcall.acting import Acting
from rollcall.conflicts import Generation
from rollcall.devices import Device, HistoryEntry, ListedDevice
from rollcall.identifiers import Identifier, IdKind
from rollcall.luhn import check_digit
from rollcall.queries import Page
from rollcall.rows import SLOTS
from rollcall.transitions import Act, Status
from rollcall.upload_lines import UploadLine
from rollcall.uploads import Figures, Split, Upload, UploadStatus
from rollcall.views.message import characters
from rollcall.views.reader import Reader

UPLOAD = "U-7K3F-9QMC-2V5R-8TXA"
AT = "2026-03-01T09:30:00Z"
NAMES = {"RSL-ACME": "Acme Mobile", "CUST-NORTHWIND": "Northwind Logistics", "person:T0NW:U0NIA": "Nia"}
RAE = Reader(
    Acting(Member("RSL-ACME", "T0ACME", "U0RAE", "Rae", ResellerRole.ADMIN, "rae@acme.example"), "Acme Mobile"), NAMES
)
NIA = Reader(
    Acting(
        Member("CUST-NORTHWIND", "T0NW", "U0NIA", "Nia", CustomerRole.APPROVER, "nia@northwind.example"),
        "Northwind Logistics",
    ),
    NAMES,
)
DATE = re.compile(r"<!date\^\d+\^\{date_short_pretty\} (?:at|um) \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>")
CODE = re.compile(r"`[^`]*`")


def imei(number):
    digits = f"{49015420000000 + number:014}"
    return Identifier(IdKind.IMEI, digits + check_digit(digits))


def entry(act=Act.UPLOADED, by="rae@acme.example", status=Status.PENDING, note=""):
    return HistoryEntry(AT, act, by, status, "R-7K3F9QMC", note)


def device(number=1, **more):
    values = {
        "generation": Generation("RSL-ACME", "CUST-NORTHWIND", UPLOAD, number + 1),
        "ids": {
            "imei": imei(2 * number),
            "imei2": imei(2 * number + 1),
            "serial": Identifier(IdKind.SERIAL, "R58M12ABCDE"),
        },
        "status": Status.PENDING,
        "chunk": 0,
        "model": "SM-S921B",
        "order_number": "PO 17",
        "order_date": "2026-02-27",
        "tags": ("stock", "blue"),
        "stc": "",
        "uploaded_at": AT,
        "uploaded_by": "rae@acme.example",
        "version": 1,
        "history": (entry(),),
    }
    return Device(**values | more)


def listed(number=1, **more):
    whole = device(number, **more)
    names = ("generation", "ids", "status", "model", "order_number", "tags", "uploaded_at", "uploaded_by")
    key = next(whole.ids[slot].key for slot in SLOTS if slot in whole.ids)
    return ListedDevice(id=key, **{name: getattr(whole, name) for name in names})


def upload(status=UploadStatus.COMPLETED_WITH_ERROR, *, stored=117, refused=3, **more):
    values = {
        "id": UPLOAD,
        "bucket": "b",
        "key": "uploads/RSL-ACME/CUST-NORTHWIND/march.csv",
        "version": "1",
        "reseller": "RSL-ACME",
        "customer": "CUST-NORTHWIND",
        "many": False,
        "file_name": "march.csv",
        "check_only": False,
        "status": status,
        "uploaded_by": "rae@acme.example",
        "source": "s3",
        "order_number": "PO 17",
        "order_date": "",
        "stc": "",
        "started_at": AT,
        "reference": "R-7K3F9QMC",
        "finished_at": AT,
        "figures": Figures(rows=Split(stored, refused)),
    }
    return Upload(**values | more)


def line(number=1, status=UploadStatus.COMPLETED, *, stored=120, refused=0, **more):
    values = {
        "id": f"U-7K3F-9QMC-2V5R-{number:04}",
        "file_name": "march.csv",
        "customer": "CUST-NORTHWIND",
        "many": False,
        "order_number": "PO 17",
        "uploaded_by": "rae@acme.example",
        "account": "RSL-ACME",
        "total": stored + refused,
        "stored": stored,
        "refused": refused,
        "verified": 40,
        "uploaded_at": AT,
        "status": status,
    }
    return UploadLine(**values | more)


def page(items, *, before=None, after=None, total=None, first=1, searched=None):
    items = tuple(items)
    return Page(items, first if items else 0, total, before, after, searched)


def elements(message):
    """Every button of a message."""
    for block in message.blocks:
        yield from block.get("elements", []) if block["type"] == "actions" else []
        if "accessory" in block:
            yield block["accessory"]


def actions(message):
    return [element["action_id"] for element in elements(message)]


def said(message):
    """Everything a message says, as one text."""
    return "\n".join(part["text"] for part in objects(message.blocks))


def objects(value):
    """Every text object inside a payload."""
    if isinstance(value, dict):
        if value.get("type") in {"mrkdwn", "plain_text", "raw_text"}:
            yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


def fits(message):
    """Asserts that Slack takes a message or a Home view, and that nothing in it is alive but our own dates."""
    if isinstance(message, dict):
        payload, surface, blocks = message, "home", message["blocks"]
    else:
        payload, surface, blocks = {"text": message.text, "blocks": message.blocks}, "message", message.blocks
        assert message.text.strip()
        assert characters(blocks) <= 12_000
        assert is_dead(message.text)
    assert problems(payload, surface) == []
    parsed = Block.parse_all([block for block in blocks if block["type"] != "table"])
    for block in parsed:
        block.validate_json()
    ids = [block["block_id"] for block in blocks]
    assert len(set(ids)) == len(ids)
    for part in objects(blocks):
        if part["type"] == "mrkdwn":
            assert part["verbatim"] is True
            assert is_dead(part["text"])
        elif part["type"] == "plain_text":
            assert part["emoji"] is False
    return message


def is_dead(mrkdwn):
    """Whether no mention, link or formatting of somebody else's can come alive."""
    without_fences = re.sub(r"```\n(?:(?!```)[^`])*\n```", "", mrkdwn)
    rest = CODE.sub("", DATE.sub("", without_fences))
    inside = "".join(CODE.findall(without_fences))
    return (
        not re.search(r"[<>`~]|(?<!\w)_|_(?!\w)", rest)
        and rest.count("*") % 2 == 0
        and not re.search(r"[<>]", DATE.sub("", inside))
    )
