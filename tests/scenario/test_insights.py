"""An operator looks into a company: with a reason, for an hour, reading alone, and its audit says so each time."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from functools import partial

import pytest

from local.slack.blockkit import problems
from rollcall.account_changes import What
from rollcall.accounts import NotifyTarget, Person
from rollcall.insights import LASTS
from rollcall.notice_kinds import NoticeKind
from rollcall.store.account_insights import Insights
from rollcall.store.accounts_table import AccountsTable
from rollcall.store.notices import NoticesStore
from tests.cloud import REGION
from tests.hall import NED, OPS, RAE, Hall
from tests.office import buttons, labels, words
from tests.stock import OTHERS, ROLES

pytestmark = [pytest.mark.feature("B18"), pytest.mark.feature("B25")]
ACME, NORTHWIND = "RSL-ACME", "CUST-NORTHWIND"
REASON = "Ticket 4711: rows of March are missing"
NOT_LOOKING = "You are not looking into"


@pytest.fixture
def hall(office):
    hall = Hall(office)
    yield hall
    assert hall.calm()


def ask(hall, typed="", person=OPS):
    return hall.message(person, f"operator content {typed}".strip())


def begin(hall, account=ACME, reason=REASON, person=OPS):
    """Fills the form in and sends it; what is shown in its place, as text, or the errors by field."""
    hall.press(person, ask(hall, person=person), "operator.insight")
    shown = hall.fill(person, account=account, why=reason)
    if not isinstance(shown, dict):
        hall.close(person)
    return shown


def audit_of(hall, account):
    """What a company's audit says of operators, oldest first."""
    return [(one.what, one.about, one.after) for one in reversed(list(hall.accounts.looks_at(account)))]


def looks(hall, account):
    return [about for what, about, _ in audit_of(hall, account) if what is What.CONTENT_SEEN]


def lapse(hall, account, person=OPS):
    """Lets the hour pass."""
    item = hall.accounts._table.insights.get(f"person#{person.key}", f"insight#{account}")
    item.until -= LASTS
    item.save()


def content_of(stock):
    """What must not be seen without leave: ids of uploads, names of files, identifiers."""
    upload = stock.clean.upload_id
    return [upload, "clean_25.csv", stock.rows("clean")[0]["imei"]]


# -- the form ----------------------------------------------------------------------------------------------------------


def test_a_reason_opens_one_company_for_an_hour_and_its_audit_says_so(hall, stock):
    shown = begin(hall, reason=f"  {REASON}\n")
    assert "Acme Mobile" in shown
    assert REASON in shown
    assert audit_of(hall, ACME) == [(What.CONTENT_OPENED, REASON, "")]
    insight = hall.accounts.insight(OPS, ACME)
    assert (insight.name, insight.reason, insight.account) == ("Olu Ops", REASON, ACME)
    listed = words(ask(hall)["blocks"])
    assert "Acme Mobile" in listed
    assert REASON in listed


@pytest.mark.parametrize(
    ("account", "reason", "field"),
    [
        ("RSL-NOBODY", REASON, "account"),
        ("", REASON, "account"),
        (ACME, "too short", "why"),
        (ACME, " " * 30, "why"),
        (ACME, "x" * 301, "why"),
    ],
)
def test_a_form_that_lacks_something_opens_nothing(hall, account, reason, field):
    shown = begin(hall, account, reason)
    assert list(shown) == [field]
    assert hall.accounts.insights_of(OPS) == ()
    assert audit_of(hall, ACME) == []


def test_the_same_form_twice_is_one_insight_one_line_and_one_notice(hall, office):
    payload = {
        "type": "view_submission",
        "user": {"id": OPS.user, "team_id": OPS.team},
        "team": {"id": OPS.team},
        "view": {
            "id": "V0SAME",
            "type": "modal",
            "callback_id": "operator.insight",
            "private_metadata": "",
            "blocks": [],
            "state": {
                "values": {
                    "account": {"account": {"type": "plain_text_input", "value": ACME}},
                    "why": {"why": {"type": "plain_text_input", "value": REASON}},
                }
            },
        },
    }
    for _ in range(2):
        assert office.post_interaction(payload)[0] == 200
    assert [what for what, *_ in audit_of(hall, ACME)] == [What.CONTENT_OPENED]
    assert "Ticket 4711" in hall.told(RAE)
    assert hall.told(RAE) == ""


def test_a_worker_that_dies_after_the_write_leaves_a_notice_that_is_due(hall, office, monkeypatch):
    monkeypatch.setattr("rollcall.telling.herald.Herald.call", _dies)
    hall.press(OPS, ask(hall), "operator.insight")
    assert "Something went wrong" in hall.fill(OPS, account=ACME, why=REASON)["account"]
    assert [what for what, *_ in audit_of(hall, ACME)] == [What.CONTENT_OPENED]
    due = [kept.notice.kind for kept in NoticesStore("UploadsTable", region=REGION).due(before="9999")]
    assert due.count(NoticeKind.INSIGHT) == 1
    office.others.clear()


def _dies(*_, **__):
    raise RuntimeError("killed")


# -- what may be seen --------------------------------------------------------------------------------------------------

QUESTIONS = {
    "uploads list": "uploads",
    "one upload": "uploads {upload}",
    "its errors": "uploads errors {messy}",
    "devices list": "devices list status:pending",
    "one device": "devices {imei}",
    "several": "devices find {imei} {other}",
    "its history": "devices history {imei}",
}


def question(name, stock):
    rows = stock.rows("clean")
    return QUESTIONS[name].format(
        upload=stock.clean.upload_id, messy=stock.messy.upload_id, imei=rows[0]["imei"], other=rows[1]["imei"]
    )


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize(("account", "person"), [(ACME, RAE), (NORTHWIND, NED)])
def test_what_is_read_is_what_the_company_itself_reads_and_each_look_is_in_its_audit(
    hall, stock, account, person, name
):
    begin(hall, account)
    typed = question(name, stock)
    theirs = words(hall.message(person, typed)["blocks"])
    answer = ask(hall, f"{account} {typed}")
    shown = words(answer["blocks"])
    (written,) = looks(hall, account)
    assert written.startswith(typed.split()[0])
    own = {
        line for line in theirs.splitlines() if re.search(r"\d{10}|U-|clean_25|messy", line) and "/rollcall" not in line
    }
    assert own, theirs
    assert own <= set(shown.splitlines())
    assert f"Looking into `{account}`" in shown.replace(f"into {account}", f"into `{account}`")
    for _, element in buttons(answer):
        assert element["action_id"].startswith(("uploads.", "devices.", "page.")), element
        assert json.loads(element["value"])["q"].startswith(f"operator content {account} ")
    assert not set(labels(answer)) & {"Send to my DM", "Accept", "Reject…", "Undo upload…", "Undo"}


def test_buttons_lead_on_under_the_same_leave_and_are_written_down_too(hall, stock):
    begin(hall)
    answer = ask(hall, f"{ACME} uploads")
    assert stock.clean.upload_id in hall.press(OPS, answer, "uploads.open", nth=1)
    assert "Uploads: 6" in hall.press(OPS, answer, "page.next")
    lists = ask(hall, f"{ACME} devices list")
    opened = hall.press(OPS, lists, "devices.open")
    assert "Device " in opened
    device, *rest = sorted(looks(hall, ACME))
    assert device.startswith("devices find ")
    asked = ["uploads list", f"uploads {stock.clean.upload_id}", "uploads list, a further page", "devices list"]
    assert rest == sorted(asked)


def test_the_form_leads_to_the_lists_itself(hall, stock):
    hall.press(OPS, ask(hall), "operator.insight")
    hall.fill(OPS, account=ACME, why=REASON)
    assert "clean_25.csv" in hall.press(OPS, hall.form(OPS), "operator.open.0")
    assert looks(hall, ACME) == ["uploads list"]


# -- and what may not --------------------------------------------------------------------------------------------------


def test_without_leave_everything_is_as_if_it_were_not_there(hall, stock):
    """No company, no upload and no device that there is can be told from one that there is not."""
    answers = set()
    for account in (ACME, "RSL-NIRGENDS"):
        for upload in (stock.clean.upload_id, "U-0000-0000-0000-0000"):
            answers.add(json.dumps(ask(hall, f"{account} uploads {upload}")["text"]).replace(account, "…"))
        answers.add(json.dumps(ask(hall, f"{account} devices {OTHERS[0]['imei']}")["text"]).replace(account, "…"))
    assert len(answers) == 1
    assert NOT_LOOKING in answers.pop()
    assert audit_of(hall, ACME) == []


def test_leave_for_one_company_shows_nothing_of_another(hall, stock):
    begin(hall)
    theirs, nobodys = OTHERS[0]["imei"], "352099001761481"
    for typed in ("devices {}", "devices history {}", "devices find {} 490154203237518"):
        said = [ask(hall, f"{ACME} {typed.format(one)}")["text"].replace(one, "…") for one in (theirs, nobodys)]
        assert said[0] == said[1]
    for typed in ("uploads {}", "uploads errors {}", "devices list upload:{}"):
        ids = (stock.others.upload_id, "U-0000-0000-0000-0000")
        said = [ask(hall, f"{ACME} {typed.format(one)}")["text"].replace(one, "…") for one in ids]
        assert said[0] == said[1]
    assert NOT_LOOKING in ask(hall, "RSL-BOLTWAVE uploads")["text"]
    assert audit_of(hall, "RSL-BOLTWAVE") == []
    written = json.dumps(looks(hall, ACME))
    assert theirs not in written, "what was mistyped is not put into this company's hands"
    assert theirs[-4:] in written


@pytest.mark.parametrize(
    "typed",
    [
        "devices delete {imei}",
        "devices export",
        "devices tag {imei} +x",
        "devices refresh {imei}",
        "devices exchange {imei} 490154203237518",
        "uploads undo {upload}",
        "uploads export",
        "uploads new",
        "uploads link",
        "approvals accept {imei}",
        'approvals reject {imei} reason:"not ordered"',
        "approvals bulk",
        "setup",
        "setup members",
        "keys",
        "me",
        "devices {imei} as:RSL-BOLTWAVE",
        "operator letters",
    ],
)
def test_nothing_else_can_be_asked_and_nothing_changes(hall, office, stock, typed):
    begin(hall)
    office.drain()
    before = hall.stored()
    filled = typed.format(imei=stock.rows("clean")[0]["imei"], upload=stock.clean.upload_id)
    said = ask(hall, f"{ACME} {filled}")["text"]
    assert "reading, and nothing else" in said or "This works" in said
    assert hall.stored() == before
    assert office.waiting("jobs") == office.waiting("notices") == []


def test_the_buttons_of_the_companys_own_people_are_refused_at_the_act(hall, office, stock):
    """Who makes up a click under an open insight is answered as a stranger to the company."""
    begin(hall, NORTHWIND)
    begin(hall, ACME)
    office.drain()
    row = stock.rows("clean")[0]
    device = {"id": f"imei#{row['imei']}", "r": ACME, "u": stock.clean.upload_id, "l": int(row["line"])}
    before = office.cloud.scan("DevicesTable"), office.cloud.scan("UploadsTable")
    made_up = {
        "approvals.accept": device,
        "approvals.accept_all": {"u": stock.clean.upload_id, "v": 0},
        "devices.more": {**device, "k": "d"},
        "uploads.undo": {"id": stock.clean.upload_id},
        "page.dm": {"q": f"operator content {ACME} uploads list", "c": "", "n": 1},
        "approvals.audit": {"as": NORTHWIND},
    }
    for action_id, value in made_up.items():
        status, _ = office.post_interaction(click(office, OPS, action_id, value))
        assert status == 200, action_id
        for shown in (*office.messages(OPS)[-1:], *office.modals(OPS)[-1:]):
            assert "clean_25.csv" not in json.dumps(shown), action_id
    assert (office.cloud.scan("DevicesTable"), office.cloud.scan("UploadsTable")) == before


def click(office, person, action_id, value):
    return {
        "type": "block_actions",
        "user": {"id": person.user, "team_id": person.team},
        "team": {"id": person.team},
        "trigger_id": office.slack.desk.grants.new_trigger(person.team, person.user, office.dm(person)),
        "container": {"type": "message"},
        "response_url": office.response_url(person),
        "actions": [
            {
                "type": "button",
                "action_id": action_id,
                "block_id": "b",
                "value": json.dumps(value),
                "selected_option": {"value": json.dumps(value)},
            }
        ],
    }


# -- the end of it -----------------------------------------------------------------------------------------------------


def test_after_an_hour_open_pages_show_nothing_more(hall, stock):
    begin(hall)
    answer = ask(hall, f"{ACME} uploads")
    lapse(hall, ACME)
    before = audit_of(hall, ACME)
    assert NOT_LOOKING in hall.press(OPS, answer, "uploads.open")
    assert NOT_LOOKING in hall.press(OPS, answer, "page.next")
    assert NOT_LOOKING in ask(hall, f"{ACME} devices {stock.rows('clean')[0]['imei']}")["text"]
    assert audit_of(hall, ACME) == before
    assert "no company now" in words(ask(hall)["blocks"])


@pytest.mark.parametrize("way", ["removed", "gone from Slack"])
def test_who_is_no_operator_any_more_sees_nothing_with_the_page_still_open(hall, office, stock, way):
    begin(hall)
    answer = ask(hall, f"{ACME} uploads")
    hall.press(OPS, ask(hall), "operator.insight")
    if way == "removed":
        hall.accounts.remove_operator(OPS)
    else:
        hall.accounts._table.people(f"person#{OPS.key}", "presence", left=True).save()
    before = audit_of(hall, ACME)
    for action_id in ("uploads.open", "page.next"):
        said = hall.press(OPS, answer, action_id)
        assert not [one for one in content_of(stock) if one in said and one not in words(answer["blocks"])]
        assert "Acme Mobile" not in said
    assert "does nothing any more" in hall.fill(OPS, account=NORTHWIND, why=REASON)
    assert audit_of(hall, ACME) == before
    assert audit_of(hall, NORTHWIND) == []


@pytest.mark.parametrize("way", ["removed", "over"])
def test_leave_that_ends_while_the_answer_is_drawn_shows_nothing(hall, stock, monkeypatch, way):
    """The line in the audit and the right are one transaction, so there is no moment between them."""
    begin(hall)
    original = Insights.note_look

    def ends_before(accounts, *args, **kwargs):
        end = partial(hall.accounts.remove_operator, OPS) if way == "removed" else partial(lapse, hall, ACME)
        somebody_else = threading.Thread(target=end)
        somebody_else.start()
        somebody_else.join()
        return original(accounts, *args, **kwargs)

    monkeypatch.setattr(Insights, "note_look", ends_before)
    shown = ask(hall, f"{ACME} uploads")
    assert NOT_LOOKING in shown["text"]
    assert "clean_25" not in json.dumps(shown)
    assert looks(hall, ACME) == []


def test_what_cannot_be_written_down_is_not_shown(hall, office, stock, monkeypatch):
    begin(hall)
    original = AccountsTable.transact

    def broken(table, fill):
        raise OSError("DynamoDB is away")

    monkeypatch.setattr(AccountsTable, "transact", broken)
    shown = office.command(OPS, f"/rollcall operator content {ACME} uploads")
    assert "Something went wrong" in shown["text"]
    assert "clean_25" not in json.dumps(shown)
    monkeypatch.setattr(AccountsTable, "transact", original)
    assert looks(hall, ACME) == []


def test_the_same_look_within_a_second_is_one_line(hall, monkeypatch):
    begin(hall)
    insight = hall.accounts.insight(OPS, ACME)
    now = insight.until - 100
    for _ in range(2):
        assert hall.accounts.note_look(insight, "uploads list", at="2026-03-01T09:30:00Z", now=now)
    assert hall.accounts.note_look(insight, "devices list", at="2026-03-01T09:30:00Z", now=now)
    assert sorted(looks(hall, ACME)) == ["devices list", "uploads list"]
    assert not hall.accounts.note_look(insight, "uploads list", at="2026-03-01T09:30:01Z", now=insight.until)


# -- what the company sees of it ---------------------------------------------------------------------------------------


@pytest.mark.feature("B26")
@pytest.mark.parametrize(("account", "person"), [(ACME, RAE), (NORTHWIND, NED)])
def test_the_companys_admins_are_told_once_who_looks_and_why(hall, office, account, person):
    begin(hall, account)
    said = hall.told(person)
    assert "Olu Ops" in said
    assert REASON in said
    assert "setup history" in said
    ask(hall, f"{account} uploads")
    ask(hall, f"{account} devices list")
    assert hall.told(person) == ""
    assert not problems(office.messages(person)[-1], "message")


@pytest.mark.feature("B26")
def test_where_no_admin_can_be_reached_the_channel_hears_it_and_else_the_operators(hall, office):
    office.slack.control.change("person", {"team": "T0NW", "user": NED.user, "deactivated": True})
    customer = hall.accounts.customer(NORTHWIND)
    assert customer.notify == NotifyTarget("T0NW", "C0NWIT")
    begin(hall, NORTHWIND)
    office.drain()
    assert "Olu Ops" in words(office.messages(NED, "C0NWIT")[-1]["blocks"])
    office.slack.world.teams["T0ACME"].installed = False
    begin(hall, ACME)
    office.drain()
    kept = NoticesStore("UploadsTable", region=REGION).list_undelivered(limit=10)
    assert NoticeKind.INSIGHT in [one.notice.kind for one in kept]


def test_the_company_reads_in_its_own_pages_who_looked_at_what(hall, office, stock):
    begin(hall, NORTHWIND)
    ask(hall, f"{NORTHWIND} uploads {stock.clean.upload_id}")
    changes = words(hall.message(NED, "setup history")["blocks"])
    assert "Olu Ops (operator) began to look into your company" in changes
    assert f"looked at `uploads {stock.clean.upload_id}`".replace("`", "") in changes.replace("`", "")
    assert changes.count(REASON) == 2
    viewer = hall.message(ROLES["customer viewer"], "approvals history")
    assert REASON in words(viewer["blocks"])
    assert "Olu Ops, an operator of Rollcall" in words(viewer["blocks"])


def test_the_companys_audit_file_has_every_look(hall, office, stock):
    begin(hall, NORTHWIND)
    ask(hall, f"{NORTHWIND} uploads {stock.clean.upload_id}")
    office.drain()
    assert office.click(NED, office.command(NED, "/approvals history"), "approvals.audit") == ""
    assert all(office.drain())
    rows = list(csv.DictReader(io.StringIO(office.file("audit.csv").decode("utf-8-sig"), newline="")))
    begun, looked = [row for row in rows if "operator" in row["by"]]
    assert begun["act"] == "content opened"
    assert begun["note"] == REASON
    assert looked["by"] == "Olu Ops (operator of Rollcall)"
    assert looked["note"] == f"uploads {stock.clean.upload_id}; because: {REASON}"
    assert len(rows) > 2
    assert all(None not in row for row in rows)


def test_companies_are_listed_with_a_way_into_each(hall):
    shown = hall.message(OPS, "operator companies")
    hall.press(OPS, shown, "operator.insight", nth=0)
    first = json.loads(next(one for _, one in buttons(shown) if one["action_id"] == "operator.insight")["value"])["a"]
    assert first in json.dumps(hall.form(OPS))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
def test_nobody_else_gets_in(hall, office, role):
    person = ROLES[role]
    said = hall.message(person, f"operator content {ACME} uploads")["text"]
    assert said.replace("operator", "operxtor") == hall.message(person, f"operxtor content {ACME} uploads")["text"]
    status, _ = office.post_interaction(click(office, person, "operator.insight", {"a": ACME}))
    assert status == 200
    assert office.modals(person) == []
    assert hall.accounts.insights_of(person) == ()


def test_a_person_of_that_id_in_another_workspace_is_somebody_else(hall):
    begin(hall)
    assert hall.accounts.insight(Person("T0ACME", OPS.user), ACME) is None
