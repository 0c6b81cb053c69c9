"""Nobody learns anything of another company: whatever names a thing of one is answered as if there were no such thing.

Every command, button, form, menu and call that there is, with every role, once about things of another company and once
about things that do not exist: what comes back, what is posted, opened and sent on is the same, but for ids and times.
"""

from __future__ import annotations

import copy
import json
import re
from itertools import zip_longest

import pytest

from rollcall.accounts import Person
from rollcall.api.operations import OPERATIONS
from rollcall.identifiers import Identifier, IdKind
from rollcall.insights import Insight
from rollcall.invitations import Invitation, Invited
from rollcall.orders import Order, order_id
from rollcall.rules import Rule
from rollcall.store.decisions import DecisionsStore
from tests import strangers
from tests.exhaustive import some
from tests.partner import Partner, give_keys
from tests.stock import OTHERS, ROLES

#: Those who have nothing to do with the other company.
READERS = {
    name: ROLES[name]
    for name in (
        *("reseller viewer", "reseller uploader", "reseller admin"),
        *("customer viewer", "customer approver", "customer admin", "operator", "stranger"),
    )
}
KEYS = [name for name in READERS if name not in ("operator", "stranger")]
#: What operators do with ids of every company, which they see: they look after them, and invite new ones.
OPERATORS_MAY = ("operator", "invite")
#: What says when or how often, and not what.
VOLATILE = frozenset(
    {
        *("ts", "message_ts", "thread_ts", "block_id", "id", "hash", "root_view_id", "previous_view_id", "external_id"),
        *("trigger_id", "response_url", "bot_profile", "once", "team_id", "reference"),
        *("created", "timestamp", "permalink", "url_private", "url_private_download"),
    }
)
PASSING = [
    (r"R-[0-9A-Z]{8}\b", "R-…"),
    (r"\b(?:[JDN]|AR|OR)-[0-9A-Z]{12,16}\b", "J-…"),
    (r"\b[UJ](?:-[0-9A-Z]{4}){4}\b", "U-…"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "time"),
    (r"<!date\^\d+", "<!date^time"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "time"),
    (r"/u/[\w-]+", "/u/…"),
    (r"\b[0-9a-f]{32,64}\b", "digest"),
]


@pytest.fixture(scope="module")
def world(open_office):
    """The office with one of each thing that another company can have; and the two sets of names."""
    office = open_office
    give_keys(office.cloud.accounts)
    theirs = strangers.theirs(office.stock, **_made(office))
    office.drain()
    for queue in office.cloud.queues:
        office._queue(queue)._messages.clear()
    office.keep()
    return office, theirs, strangers.nobodys()


def _made(office):
    """What Boltwave and Fabrikam do, so that there is one of everything."""
    partner = Partner()
    reject = {"decision": "reject", "identifiers": [OTHERS[1]["imei"]], "reason": "a secret reason"}
    job = partner.post("/v1/decisions", "other customer", reject).json["job_id"]
    office.drain()
    card = partner.get(f"/v1/devices/{OTHERS[1]['imei']}", "other customer").json
    assert card["status"] == "REJECTED"
    removal = partner.post("/v1/devices/delete", "other reseller", {"identifiers": [OTHERS[0]["imei"]]}).json["job_id"]
    invitation = Invitation(
        id="ab" * 32,
        kind=Invited.PERSON,
        by=Person("T0BOLT", "U0BEA"),
        by_account="RSL-BOLTWAVE",
        until=4_000_000_000,
        holder=Person("T0BOLT", "U0BO"),
    )
    return {
        "decision": card["history"][-1]["decision_id"],
        "job": job,
        "removal": removal,
        "invitation": invitation.id,
        "key": "other reseller",
        "alias": "south",
        "notice": "n" * 15 + "x",
        "rule": _rules(office),
        "expected": _expected(office),
    }


def _rules(office):
    """A rule of Fabrikam's."""
    made = Rule("AR-FABRIKAM0001", "CUST-FABRIKAM", "Secret", ("RSL-BOLTWAVE",), by="person:T0FABRIKAM:U0FAY", on=True)
    return _stores(office).rules.save(made).id


def _expected(office):
    """An order that Fabrikam announced."""
    id_ = order_id("CUST-FABRIKAM", "RSL-BOLTWAVE", "PO-SECRET")
    return _stores(office).orders.save(Order(id_, "CUST-FABRIKAM", "RSL-BOLTWAVE", "PO-SECRET", 77)).id


def _stores(office):
    client = office.cloud.client("dynamodb")
    return DecisionsStore(client, devices="DevicesTable", uploads="UploadsTable", seconds_left=lambda: 60.0)


def said(value, things):
    """Something as it can be compared: without what says when, and with every name of a thing by what it names."""
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)
    names = {name: getattr(things, name) for name in things.__dataclass_fields__}
    for name, one in sorted(names.items(), key=lambda pair: -len(str(pair[1]))):
        if isinstance(one, str):
            text = text.replace(one, f"«{name}»")
    for pattern, instead in PASSING:
        text = re.sub(pattern, instead, text)
    return text


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, str) and value[:1] in "{[":
        try:
            return _plain(json.loads(value))
        except ValueError:
            return value
    return value


class Asking:
    """Does the same about two sets of things and compares all that comes of it."""

    def __init__(self, world):
        self.office, self.theirs, self.nobodys = world
        self.different = []
        self.office.set_back()
        self.before = self._kept()

    def both(self, name, person, act):
        """Does something about each set; notes it where more than names and times differ.

        Args:
            name: what it is.
            person: who does it.
            act: takes things, does it, and gives what came back at once.
        """
        outcomes = [self._outcome(person, act, things) for things in (self.theirs, self.nobodys)]
        if outcomes[0] != outcomes[1]:
            first = next(n for n, pair in enumerate(zip_longest(*outcomes)) if pair[0] != pair[1])
            shown = [one[max(0, first - 150) : first + 150] for one in outcomes]
            self.different.append(f"{name}\n    theirs:   …{shown[0]}…\n    nobody's: …{shown[1]}…")

    def _outcome(self, person, act, things):
        office = self.office
        office.set_back()
        files, writes = set(office.slack.world.files), office.cloud.tables["writes"]
        answered = act(things)
        sent = {queue: copy.deepcopy(office.waiting(queue)) for queue in ("jobs", "notices")}
        opened = office.modals(person)
        if any(sent.values()):
            office.drain()
        assert not office.gateway.crashes, office.gateway.crashes
        if office.cloud.tables["writes"] != writes and self._kept() != self.before:
            self.different.append("something of the other company's was changed")
        posted = office.messages(person)
        new = [file for id_, file in office.slack.world.files.items() if id_ not in files]
        got = [file.content.decode("utf-8", "replace") for file in new]
        return said({"answered": answered, "sent": sent, "opened": opened, "posted": posted, "files": got}, things)

    def _kept(self):
        """What is stored of the other company's devices and uploads."""
        devices = [
            item for item in self.office.cloud.peek("DevicesTable") if item.get("reseller") == {"S": "RSL-BOLTWAVE"}
        ]
        uploads = [item for item in self.office.cloud.peek("UploadsTable") if item["pk"] == {"S": self.theirs.upload}]
        return copy.deepcopy((devices, uploads))

    def done(self):
        assert not self.different, f"{len(self.different)} differ:\n" + "\n".join(self.different)


@pytest.fixture
def asking(world):
    return Asking(world)


# -- the lists ---------------------------------------------------------------------------------------------------------


def test_everything_that_there_is_is_filled_in():
    """Whoever adds a word, a button, a form or a call says here, in `tests/strangers.py`, how it names things."""
    nobodys = strangers.nobodys()
    missing = [*strangers.commands(nobodys)[1], *strangers.calls(OPERATIONS, nobodys)[1]]
    for kind in strangers.TABLES:
        missing += strangers.filled_in(kind)[1]
    assert not missing, "not filled in: " + "; ".join(missing)
    assert set(strangers.listened_for()) <= {*strangers.TABLES, *strangers.OTHER_KINDS}


@pytest.mark.parametrize("kind", strangers.TABLES)
def test_nothing_is_filled_in_that_there_is_not(kind):
    assert set(strangers.TABLES[kind]) == set(strangers.filled_in(kind)[0])


def test_both_sets_are_of_one_length(world):
    _, theirs, nobodys = world
    for name in theirs.__dataclass_fields__:
        assert len(str(getattr(theirs, name))) == len(str(getattr(nobodys, name))), name
    assert Identifier(IdKind.IMEI, nobodys.imei).key == nobodys.device


# -- the matrix --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", READERS)
def test_commands(asking, role):
    """A command has other rights for other roles, but nothing of its own for each: half of them take a turn at it."""
    person, office = READERS[role], asking.office
    for name in some(strangers.commands(asking.nobodys)[0], each=2, turn=list(READERS).index(role)):
        if role == "operator" and name.startswith(OPERATORS_MAY):
            continue

        def act(things, name=name):
            office.slack.desk.command(
                person.team, person.user, office.dm(person), f"/rollcall {strangers.commands(things)[0][name]}"
            )

        asking.both(f"{role}: {name}", person, act)
    asking.done()


@pytest.mark.parametrize("account", ["RSL-ACME", "CUST-NORTHWIND"])
def test_commands_of_an_operator_who_looks_into_another_company(asking, account):
    """Leave to read what one company has shows nothing of another."""
    person, office = READERS["operator"], asking.office
    insight = Insight(
        "R-INSIGHT0", account, person, "Olu Ops", "to see that nothing is seen", "2026-03-01T09:30:00Z", 9e9
    )
    for name in strangers.commands(asking.nobodys)[0]:

        def act(things, name=name):
            office.cloud.accounts.begin_insight(insight, also=lambda _: None)
            text = f"/rollcall operator content {account} {strangers.commands(things)[0][name]}"
            office.slack.desk.command(person.team, person.user, office.dm(person), text)

        asking.both(f"{account}: {name}", person, act)
    asking.done()


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("kind", strangers.TABLES)
def test_buttons_forms_and_menus(asking, kind, role):
    person = READERS[role]
    for name, fill in strangers.filled_in(kind)[0].items():
        if role == "operator" and name.startswith(OPERATORS_MAY):
            continue
        for number in range(len(fill(asking.nobodys))):

            def act(things, name=name, fill=fill, number=number):
                payload = payload_of(asking.office, person, kind, name, fill(things)[number], things)
                status, answer = asking.office.post_interaction(payload)
                return {"status": status, "answer": answer}

            asking.both(f"{role}: {kind} {name} {json.dumps(fill(asking.nobodys)[number])}", person, act)
    asking.done()


@pytest.mark.parametrize("role", KEYS)
def test_calls(asking, role):
    """A job that was begun is looked at, too, once it is done."""
    partner, office = Partner(), asking.office
    for name in strangers.calls(OPERATIONS, asking.nobodys)[0]:

        def act(things, name=name):
            method, target, body = strangers.calls(OPERATIONS, things)[0][name]
            reply = partner.call(method, target, role, body)
            job = json.loads(reply.text).get("job_id") if reply.status == 202 else None
            office.drain()
            later = partner.get(f"/v1/jobs/{job}", role) if job else reply
            headers = {key: one for key, one in reply.headers.items() if key != "Link"}
            return {"status": reply.status, "headers": headers, "body": _form_of(reply), "later": later.text}

        asking.both(f"{role}: {name}", READERS[role], act)
    asking.done()


def _form_of(reply):
    """The body of a reply; of a form to post a file with, only its names, as its signature is another each time."""
    body = json.loads(reply.text)
    return sorted(body["post"]["fields"]) if "post" in body else body


def payload_of(office, person, kind, name, value, things):
    """What Slack sends when somebody clicks, sends a form, types into a menu, or picks a shortcut."""
    team = office.slack.world.teams[person.team]
    carried = value if isinstance(value, str) else json.dumps(value)
    values = strangers.state_of(things)
    view = {
        "id": "V0FORM",
        "type": "modal",
        "callback_id": name,
        "private_metadata": carried,
        "state": {"values": values},
        "hash": "1.2",
        "blocks": [],
    }
    common = {
        "user": {"id": person.user, "name": "somebody", "team_id": person.team},
        "team": {"id": team.id, "domain": team.domain},
        "api_app_id": "A0ROLLCALL",
        "token": "local",
        "trigger_id": office.slack.desk.grants.new_trigger(person.team, person.user, office.dm(person)),
    }
    if kind == "view":
        return {**common, "type": "view_submission", "view": view, "response_urls": []}
    if kind == "options":
        view = {**view, "callback_id": "uploads.new"}
        return {**common, "type": "block_suggestion", "action_id": name, "block_id": "b", "value": "", "view": view}
    if kind == "shortcut":
        return {**common, "type": "shortcut", "callback_id": name, "action_ts": "1772357400.000001"}
    ts = "1772357400.000001"
    action = {
        "action_id": name,
        "block_id": "b",
        "type": "button",
        "value": carried,
        "selected_option": {"value": carried},
        "action_ts": ts,
    }
    return {
        **common,
        "type": "block_actions",
        "container": {
            "type": "message",
            "channel_id": office.dm(person),
            "message_ts": ts,
            "is_ephemeral": True,
        },
        "channel": {"id": office.dm(person), "name": "directmessage"},
        "response_url": office.response_url(person),
        "state": {"values": values},
        "actions": [action],
    }


def test_the_comparison_sees_a_difference(asking):
    """Else all of the above would say nothing: of their own things, the companies' own people hear more."""
    bea = Person("T0BOLT", "U0BEA")

    def act(things):
        asking.office.slack.desk.command(bea.team, bea.user, asking.office.dm(bea), f"/rollcall devices {things.imei}")

    asking.both("their own", bea, act)
    assert asking.different
