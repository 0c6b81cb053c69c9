"""What another company has and what nobody has, spelt alike, and how each command, button, form and call names it.

The lists of what there is come from the code: the table of words, what the app has listeners for, the table of calls.
What is written down here is only how to fill each of them in; whoever adds one and forgets to is told by
`tests/scenario/test_not_yours.py` what is missing.
"""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass
from unittest.mock import MagicMock

import listeners
from listeners import claims
from rollcall.accounts import Person
from rollcall.luhn import check_digit
from rollcall.notices import release_notice
from rollcall.upload_ids import display
from rollcall.word import Takes
from rollcall.words import WORDS
from tests.stock import OTHERS, OTHERS_MODEL, OTHERS_ORDER


@dataclass(frozen=True)
class Things:
    """Names of things: either all of another company's, or all of nobody's. Both are equally long.

    Attributes:
        account: of the other company, a reseller; ``customer`` is its customer.
        member: a person of the customer, as `Person.key`.
        decision: one that the customer took; ``job`` is the one that carried it out.
        removal: one that the reseller began.
        invitation: digest of one that the reseller made.
        key: name of a key of the reseller; ``alias`` one of its sold-to codes.
        notice: one that is for the reseller.
        rule: by which the customer accepts; ``expected`` is an order that it announced.
    """

    imei: str
    upload: str
    line: int
    account: str
    customer: str
    order: str
    model: str
    tag: str
    member: str
    decision: str
    job: str
    removal: str
    invitation: str
    key: str
    alias: str
    notice: str
    rule: str
    expected: str

    @property
    def device(self):
        """The typed key of the device."""
        return f"imei#{self.imei}"

    @property
    def arrival(self):
        """What a button carries of a device as it was shown."""
        return {"id": self.device, "r": self.account, "u": self.upload, "l": self.line}


def nobodys():
    """Things that do not exist, and look as much like those that do as they can."""
    return Things(
        imei=_imei_ending_like(OTHERS[1]["imei"]),
        upload=display("N0B0DYSAP10AD000"),
        line=3,
        account="RSL-NOBODYYY",
        customer="CUST-NOBODYYY",
        order="PO-NON",
        model="SM-N999B",
        tag="notags",
        member="T0FABRIKAM#U0XXX",
        decision="D-000000000000",
        job="J-" + "0" * 16,
        removal="J-" + "1" * 16,
        invitation="0" * 64,
        key="key of nobody.",
        alias="nobod",
        notice="n" * 16,
        rule="AR-000000000000",
        expected="OR-000000000000",
    )


def theirs(stock, **more):
    """Things of Boltwave and its customer Fabrikam.

    Args:
        stock: the uploads there are.
        more: what has to be made first.
    """
    return Things(
        imei=OTHERS[1]["imei"],
        upload=stock.others.upload_id,
        line=3,
        account="RSL-BOLTWAVE",
        customer="CUST-FABRIKAM",
        order=OTHERS_ORDER,
        model=OTHERS_MODEL,
        tag="secret",
        member=Person("T0FABRIKAM", "U0FAY").key,
        **more,
    )


def _imei_ending_like(imei):
    """Another IMEI with the same last four digits, which is how a masked one is shown."""
    for number in range(10_000):
        body = f"3570990{number:04}{imei[-4:-1]}"
        if check_digit(body) == imei[-1]:
            return body + imei[-1]
    raise AssertionError(imei)


# -- commands ----------------------------------------------------------------------------------------------------------

#: A device that is nobody's in both sets, for a command that takes more than one.
_SPARE = "352099001761481"
#: What stands behind a key of a command: something of somebody's, or None where it names nothing of anybody's.
KEYS = {
    "customer": lambda o: o.customer,
    "upload": lambda o: o.upload,
    "reseller": lambda o: o.account,
    "order": lambda o: o.order,
    "model": lambda o: o.model,
    "tag": lambda o: o.tag,
    "account": lambda o: o.account,
    **dict.fromkeys(("status", "sort", "date", "stc", "check", "approval", "reason", "reference", "period", "csv")),
}
#: What words take that take texts: something of somebody's, or what names nothing of anybody's.
TEXTS = {
    # A code is the right itself: whoever has it may use it, so there is none of another company's to compare.
    ("", "join"): lambda _: "J-0000-0000-0000-0000",
    ("", "setup"): lambda _: "members",
    ("", "invite"): lambda o: f'customer "New Company" reseller:{o.account}',
}


def commands(o):
    """Every command with everything in it that can be somebody's: name → text behind ``/rollcall``."""
    found, missing = {}, []
    for word in WORDS:
        name = f"{word.area} {word.name}".strip()
        base = name if (word.area, word.name) != ("uploads", "open") else "uploads"
        taken = {
            Takes.DEVICES: [o.imei, *[_SPARE] * (word.least - 1)],
            Takes.UPLOAD: [o.upload],
            Takes.NOTHING: [],
        }.get(word.takes)
        if taken is None:
            fill = TEXTS.get((word.area, word.name))
            if fill is None:
                missing.append(f"TEXTS of the word {name!r}")
                continue
            taken = [fill(o)]
        text = " ".join([base, *taken, *(["+x"] if word.signed else [])])
        if (word.area, word.name) == ("approvals", "reject"):
            text += ' reason:"not ordered"'
        found[name] = text
        for account in ("account", "customer"):
            found[f"{name} as:{account}"] = f"{text} as:{getattr(o, account)}"
        for key in word.keys:
            if key not in KEYS:
                missing.append(f"KEYS of {key!r}, which the word {name!r} takes")
            elif KEYS[key]:
                found[f"{name} {key}"] = f"{base if not word.least else text} {key}:{KEYS[key](o)}"
    return found, missing


# -- buttons, forms, menus ---------------------------------------------------------------------------------------------


class _Recorder:
    """Stands in for the app and notes what listeners are added for."""

    def __init__(self):
        self.added = []

    def __getattr__(self, kind):
        def add(*constraints, **_):
            self.added += [(kind, getattr(one, "pattern", one)) for one in constraints if not callable(one)]
            return lambda listener: listener

        return add


def listened_for():
    """Everything that the app has a listener for: kind → ids, or the patterns they are told by."""
    recorder = _Recorder()
    parts = inspect.signature(listeners.register).parameters.values()
    tools = [part for part in parts if part.kind is not part.KEYWORD_ONLY][1:]
    listeners.register(recorder, *(MagicMock() for _ in tools), rooms=claims.ALL)
    found = {}
    for kind, constraint in recorder.added:
        found.setdefault(kind, []).append(constraint)
    return found


def _asks(text):
    return lambda o: [{"q": text.format(o=o), "c": "", "n": 1}]


_LISTS = _asks("devices list upload:{o.upload}")
#: What each button carries, by its id; where it names nothing of anybody's, one value that is the same for both.
ACTIONS = {
    "uploads.new": lambda o: [{"as": o.account}],
    "uploads.dropped.import": lambda o: [{"id": o.notice}],
    "uploads.dropped.check": lambda o: [{"id": o.notice}],
    "uploads.dropped.look_up": lambda o: [{"id": o.notice}],
    "uploads.dropped.accept": lambda o: [{"id": o.notice}],
    "uploads.dropped.account.0": lambda o: [{"id": o.notice, "a": o.account}],
    "uploads.customer": lambda _: [{}],
    "uploads.stc": lambda _: [{}],
    "uploads.link": lambda _: [{}],
    "uploads.link_opened": lambda _: [{}],
    "uploads.import": lambda o: [{"id": o.upload}],
    "uploads.nudge": lambda o: [{"u": o.upload}],
    "uploads.undo": lambda o: [{"id": o.upload}],
    "uploads.open": lambda o: [{"id": o.upload}, {"q": f"uploads list customer:{o.customer}"}],
    "uploads.errors": lambda o: [{"id": o.upload}],
    "uploads.devices": _LISTS,
    **dict.fromkeys(
        [f"uploads.quality.{name}" for name in ("home", "week", "month", "quarter", "csv")],
        lambda o: [{"q": f"uploads quality as:{o.account}"}],
    ),
    **dict.fromkeys(
        ["uploads.resend", "uploads.errors_csv", "uploads.results", "uploads.notes_csv"],
        lambda o: [{"id": o.upload}],
    ),
    "approvals.accept_all": lambda o: [{"u": o.upload, "v": 0}],
    "approvals.reject_all": lambda o: [{"u": o.upload, "v": 0, "k": kind} for kind in ("", "p", "w")],
    "approvals.undo": lambda o: [{"d": o.decision}],
    "approvals.accept": lambda o: [o.arrival],
    "approvals.reject": lambda o: [o.arrival],
    "approvals.approval_id": lambda o: [o.arrival],
    "approvals.register_reseller": lambda o: [{"r": o.account}, {"r": o.account, "u": o.upload, "v": 0}],
    "approvals.review": lambda o: [{"u": o.upload, "v": 0}],
    "approvals.bulk": lambda o: [{"as": o.customer}],
    "approvals.template": lambda o: [{"as": o.customer}],
    "approvals.grant": lambda o: [{"as": o.customer}],
    "approvals.reseller": lambda o: [
        {"r": o.account, "c": customer, "s": state}
        for customer in (o.customer, "CUST-NORTHWIND")
        for state in ("registered", "unregistered")
    ],
    "approvals.reseller_block": lambda o: [{"r": o.account, "c": o.customer}],
    "approvals.audit": lambda o: [{"as": o.customer}],
    "rules.add": lambda o: [{"a": o.customer}],
    **dict.fromkeys(
        ("rules.edit", "rules.switch", "rules.try", "rules.delete"),
        lambda o: [{"a": a, "r": o.rule, "v": 1, "on": 1} for a in (o.customer, "CUST-NORTHWIND")],
    ),
    "orders.announce": lambda o: [{"a": o.customer}],
    **dict.fromkeys(
        ("orders.edit", "orders.close"),
        lambda o: [{"a": a, "o": o.expected, "v": 1, "c": 1} for a in (o.customer, "CUST-NORTHWIND")],
    ),
    "approvals.who": lambda o: [{"u": o.upload}, {"u": o.upload, "c": o.customer}],
    "devices.open": lambda o: [{"id": o.device}],
    "devices.history": lambda o: [{"id": o.device}],
    "devices.more": lambda o: [{"id": o.device, "k": kind} for kind in ("t", "d", "x")],
    "notices.open": lambda o: [
        {"q": f"uploads {o.upload}"},
        {"q": f"devices {o.imei}"},
        {"q": "me", "n": release_notice(o.removal, o.customer).id},
    ],
    "devices.release": lambda o: [{"j": o.removal}],
    "devices.keep": lambda o: [{"j": o.removal}],
    "customers.open": lambda o: [{"id": o.customer}],
    "accounts.choose": lambda o: [{"id": o.account, "q": "uploads list"}, {"id": o.customer, "q": "me"}],
    "page.next": _LISTS,
    "page.prev": _LISTS,
    "page.table": _LISTS,
    "page.list": _LISTS,
    "page.dm": _LISTS,
    "people.accept": lambda o: [{"id": o.invitation}],
    "people.link.0": lambda o: [{"id": o.invitation, "a": o.customer}],
    "people.join": lambda _: [{}],
    "people.revoke": lambda o: [{"id": o.invitation}, {"a": o.account, "id": o.invitation}],
    "people.invite_company": lambda o: [{"a": o.account}, {"as": o.account}],
    "setup.page": lambda o: [{"q": f"setup members as:{o.account}"}],
    "setup.page.channel": lambda o: [{"q": f"setup channel as:{o.account}"}],
    "setup.member": lambda o: [{"a": o.account, "p": o.member}, {"a": o.customer, "p": o.member}],
    "setup.invite": lambda o: [{"a": o.account}],
    "setup.channel": lambda o: [{"a": o.account}],
    "setup.code": lambda o: [{"a": o.account}],
    "setup.reference": lambda o: [{"a": o.account, "c": o.customer}, {"a": "RSL-ACME", "c": o.customer}],
    "setup.rules": lambda o: [{"a": o.customer}],
    "setup.language": lambda o: [{"a": o.account}],
    "setup.hours": lambda o: [{"a": o.account}],
    "setup.reminders": lambda o: [{"a": o.customer}],
    "setup.key": lambda o: [{"a": o.account}],
    "setup.remove": lambda o: [{"a": o.customer, "p": o.member}, {"a": "CUST-NORTHWIND", "p": o.member}],
    "setup.revoke": lambda o: [{"a": o.account, "id": o.invitation}, {"a": "RSL-ACME", "id": o.invitation}],
    "setup.code_remove": lambda o: [{"a": o.account, "alias": o.alias}, {"a": "RSL-ACME", "alias": o.alias}],
    "setup.key_revoke": lambda o: [{"a": o.account, "n": o.key, "d": ""}, {"a": "RSL-ACME", "n": o.key, "d": ""}],
    "operator.open.0": lambda _: [{"q": "operator overview"}],
    "operator.retry": lambda o: [{"n": o.notice, "q": "operator undelivered"}],
    "operator.insight": lambda o: [{"a": o.account}],
    "operator.look": lambda _: [{"k": "jobs"}],
    "operator.replay": lambda o: [{"k": "jobs", "l": o.notice, "q": "operator letters jobs"}],
    "operator.replay_all": lambda _: [{"k": "jobs"}],
}
#: What each form carries along, by its id.
FORMS = {
    "uploads.new": lambda o: [{"as": o.account}, {"as": "RSL-ACME"}],
    "uploads.undo": lambda o: [{"u": o.upload, "n": 2}],
    "approvals.accept_all": lambda o: [{"u": o.upload, "v": 0}],
    "approvals.accept": lambda o: [o.arrival],
    "approvals.reject": lambda o: [{"u": o.upload, "v": 0}, o.arrival],
    "approvals.register_reseller": lambda o: [{"r": o.account, "u": o.upload, "v": 0}, {"r": o.account, **o.arrival}],
    "approvals.bulk": lambda o: [{"as": o.customer}, {"as": "CUST-NORTHWIND"}],
    "rules.add": lambda o: [{"a": o.customer}],
    "rules.edit": lambda o: [{"a": a, "r": o.rule, "v": 1} for a in (o.customer, "CUST-NORTHWIND")],
    "orders.announce": lambda o: [{"a": o.customer}, {"a": "CUST-NORTHWIND"}],
    "orders.edit": lambda o: [{"a": a, "o": o.expected, "v": 1} for a in (o.customer, "CUST-NORTHWIND")],
    "devices.delete": lambda o: [{"j": o.removal, "n": 1}],
    "devices.exchange": lambda o: [{"id": o.device, "u": o.upload, "l": o.line, "o": o.imei}],
    "devices.tag": lambda o: [{"id": o.device, "u": o.upload, "l": o.line}],
    "people.join": lambda _: [{}],
    "people.invite_company": lambda o: [o.account, ""],
    "operator.insight": lambda _: [{}],
    "setup.member": lambda o: [{"a": o.account, "p": o.member}, {"a": "CUST-NORTHWIND", "p": o.member}],
    "setup.invite": lambda o: [{"a": o.account}],
    "setup.channel": lambda o: [{"a": o.account}],
    "setup.code": lambda o: [{"a": o.account}],
    "setup.reference": lambda o: [{"a": o.account, "c": o.customer}, {"a": "RSL-ACME", "c": o.customer}],
    "setup.rules": lambda o: [{"a": o.customer}],
    "setup.language": lambda o: [{"a": o.account}],
    "setup.hours": lambda o: [{"a": o.account}],
    "setup.reminders": lambda o: [{"a": o.customer}],
    "setup.key": lambda o: [{"a": o.account}],
}
#: Menus that ask as somebody types, and shortcuts.
MENUS = {
    "uploads.customer": lambda o: [{"as": o.account}, {"as": "RSL-ACME"}],
    "rule_resellers": lambda o: [{"a": a, "r": o.rule} for a in (o.customer, "CUST-NORTHWIND")],
    "order_reseller": lambda o: [{"a": a} for a in (o.customer, "CUST-NORTHWIND")],
}
SHORTCUTS = {"uploads.new": lambda _: [{}]}
#: Kinds of listeners that are no button, form or menu: events carry no id of anybody's, commands are those above.
OTHER_KINDS = frozenset({"command", "event", "error", "use"})

TABLES = {"action": ACTIONS, "view": FORMS, "options": MENUS, "shortcut": SHORTCUTS}


def filled_in(kind):
    """What the app listens for of a kind: id → what fills it in; and what nothing fills in."""
    table = TABLES[kind]
    found, missing = {}, []
    for constraint in listened_for().get(kind, []):
        ids = [name for name in table if name == constraint or re.search(_pattern(constraint), name)]
        found |= {name: table[name] for name in ids}
        if not ids:
            missing.append(f"{kind} {constraint!r}")
    return found, missing


def _pattern(constraint):
    """The pattern of a constraint: an id stands for itself."""
    return constraint if re.search(r"[\^$\\(]", constraint) else rf"^{re.escape(constraint)}$"


def state_of(o):
    """What is filled into any form: each field of each, by every way in which one is answered."""
    texts = {
        "reason": "not ordered",
        "typed": "2",
        "approval": "BANK-1",
        "list": o.imei,
        "code": "J-0000-0000-0000-0000",
        "company": "New Company",
        "name": "New name",
        "add": "one",
        "new": _SPARE,
        "number": "1002003",
        "alias": o.alias,
        "text": "NW-18",
        "reference": "NW-18",
        "email": "new@company.example",
        "rule_name": "Phones",
        "rule_models": "SM-S921B",
        "rule_per_upload": "10",
        "rule_per_day": "10",
        "order_number": o.order,
        "order_quantity": "10",
        "order_models": "",
    }
    picked = {"which": "all", "what": "registered", "kind": "customer", "role": "viewer", "undo": "600"}
    values = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in texts.items()}
    values |= {
        name: {name: {"type": "static_select", "selected_option": {"value": one}}} for name, one in picked.items()
    }
    return values | {
        "customer": {"uploads.customer": {"type": "external_select", "selected_option": {"value": o.customer}}},
        "files": {
            "uploads.files": {"type": "file_input", "files": [{"id": "F0NOBODY", "name": "march.csv", "size": 10}]}
        },
        "person": {"person": {"type": "users_select", "selected_user": "U0NOBODY"}},
        "rule_resellers": {
            "rule_resellers": {"type": "multi_static_select", "selected_options": [{"value": o.account}]}
        },
        "order_reseller": {"order_reseller": {"type": "static_select", "selected_option": {"value": o.account}}},
        "place": {"place": {"type": "conversations_select", "selected_conversation": "C0NOBODY"}},
    }


# -- calls of the API --------------------------------------------------------------------------------------------------

#: What stands in an address, behind it, or in a body, by the name of the field.
FIELDS = {
    "upload_id": lambda o: o.upload,
    "identifier": lambda o: o.imei,
    "job_id": lambda o: o.job,
    "customer_id": lambda o: o.customer,
    "identifiers": lambda o: [o.imei],
    "order": lambda o: o.order,
    "model": lambda o: o.model,
    "tag": lambda o: o.tag,
    "upload": lambda o: o.upload,
    **dict.fromkeys(
        (
            *("status", "sort", "cursor", "limit", "file_name", "transaction_id", "order_number", "order_date", "stc"),
            *("check_only", "decision", "approval_id", "reason"),
        )
    ),
}


def calls(operations, o):
    """Every call with everything in it that can be somebody's: name → (method, target, body)."""
    found, missing = {}, []
    for operation in operations.values():
        names = re.findall(r"\{(\w+)\}", operation.path)
        taken = list((operation.body or {}).get("properties", {}))
        missing += [
            f"FIELDS of {n!r}, which {operation.name} takes"
            for n in (*names, *operation.query, *taken)
            if n not in FIELDS
        ]
        if missing:
            continue
        path = operation.path.format(**{name: FIELDS[name](o) for name in names})
        bodies = [None] if operation.body is None else [_body(operation, name, o) for name in taken if FIELDS[name]]
        for body in bodies:
            found[f"{operation.name} {'' if body is None else json.dumps(list(body))}"] = (operation.method, path, body)
        for name in operation.query:
            if FIELDS[name]:
                found[f"{operation.name} ?{name}"] = (operation.method, f"{path}?{name}={FIELDS[name](o)}", None)
        if "job_id" in names:
            found[f"{operation.name} removal"] = (operation.method, operation.path.format(job_id=o.removal), None)
    return found, missing


def _body(operation, name, o):
    """The least that a call takes, about one thing."""
    shape = operation.body
    simple = {"decision": "accept", "file_name": "march.csv"}
    needed = {one: simple[one] for one in shape["required"] if one in simple}
    return {**needed, name: FIELDS[name](o)}
