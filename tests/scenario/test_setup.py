"""Setup: what each role sees of it, what admins change, who is refused; every change is written down (row B25)."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall.account_changes import Change, What
from rollcall.accounts import ApiKey, CustomerRole, NotifyTarget, Person, ResellerRole, SoldToCode
from rollcall.store.accounts_table import AccountsTable
from rollcall.store.troubles import TroublesStore
from rollcall.views import setup as views
from tests.hall import BEA, FIN, GUEST, NAT, NED, NIA, OPS, RAE, TAM, UMA, VIC, Hall
from tests.newsroom import Newsroom
from tests.office import elements, labels, running_office, words

pytestmark = pytest.mark.feature("B25")
ACME, NORTHWIND = "RSL-ACME", "CUST-NORTHWIND"
PAGES = ("setup", *(f"setup {name}" for name in views.SECTIONS), "keys")
#: Every form: its button, whose it is, what the button carries besides the account, what is filled in.
FORMS = {
    "setup.member": (RAE, {"p": "T0ACME#U0UMA", "r": "uploader"}, {"role": "viewer", "name": "Uma", "email": ""}),
    "setup.invite": (RAE, {}, {"role": "viewer"}),
    "setup.channel": (RAE, {}, {"place": "C0ACMEGEN"}),
    "setup.code": (RAE, {}, {"alias": "spare", "number": "77"}),
    "setup.reference": (RAE, {"c": NORTHWIND}, {"text": "NW-99"}),
    "setup.key": (RAE, {}, {"name": "mine", "role": "viewer"}),
    "setup.rules": (NED, {}, {"undo": "3600", "release": []}),
}
KEY = re.compile(r"rollcall_[\w-]{43}")


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office"), chunk_rows=40) as running:
        running.keep()
        yield running


@pytest.fixture
def hall(office):
    hall = Hall(office)
    yield hall
    assert hall.calm()


def account_of(person):
    return {RAE: ACME, NED: NORTHWIND}[person]


def open_form(hall, person, form, *, account=""):
    """Clicks the button of a form, as a signed request that anybody could make up."""
    owner, carried, _ = FORMS[form]
    value = {"a": account or account_of(owner), **carried}
    return click(hall, person, form, value)


def click(hall, person, action_id, value):
    """A click with a value that the clicker chose; what they are told in a message, or nothing."""
    trigger = hall.slack.desk.grants.new_trigger(person.team, person.user, hall.office.dm(person))
    before = len(hall.office.messages(person))
    payload = {
        "type": "block_actions",
        "user": {"id": person.user, "team_id": person.team, "name": person.user.lower()},
        "team": {"id": person.team},
        "trigger_id": trigger,
        "response_url": hall.office.response_url(person),
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": json.dumps(value)}],
    }
    assert hall.office.post_interaction(payload)[0] == 200
    new = hall.office.messages(person)[before:]
    assert not [problem for one in new for problem in problems(one, "message")]
    return "\n".join(words(one["blocks"]) for one in new)


def submit(hall, person, form):
    """Sends a form that the sender made up; what comes in its place, as text."""
    owner, carried, fields = FORMS[form]
    values = {
        name: {name: {"value": value} if isinstance(value, str) else {"selected_options": []}}
        for name, value in fields.items()
    }
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": form,
        "private_metadata": json.dumps({"a": account_of(owner), **carried}),
        "blocks": [{"type": "input", "block_id": name} for name in fields],
        "state": {"values": values},
    }
    payload = {
        "type": "view_submission",
        "user": {"id": person.user, "team_id": person.team, "name": "somebody"},
        "team": {"id": person.team},
        "view": view,
    }
    status, answer = hall.office.post_interaction(payload)
    assert status == 200
    told = json.loads(answer)
    if told["response_action"] == "errors":
        return told["errors"]
    assert not problems(told["view"], "modal")
    return words(told["view"]["blocks"])


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", PAGES)
@pytest.mark.parametrize("person", [UMA, VIC, NIA, NAT], ids=lambda person: person.user)
def test_who_is_no_admin_is_told_who_is(hall, person, typed):
    told = hall.ask(person, typed)

    assert "you may not manage account" in told
    assert "It takes the role admin" in told


@pytest.mark.parametrize("typed", PAGES)
def test_strangers_and_others_learn_nothing(hall, typed):
    for person in (GUEST, OPS, TAM):
        for named in ("", " as:RSL-ACME", " as:CUST-CONTOSO", " as:CUST-NOBODY"):
            told = hall.ask(person, typed + named)
            assert "C0ACME" not in told
            assert "Rae" not in told
            assert "erp" not in told
    answers = [hall.ask(RAE, f"{typed} as:{account}") for account in ("CUST-CONTOSO", "CUST-NOBODY0")]
    assert answers[0].replace("CUST-CONTOSO", "X") == answers[1].replace("CUST-NOBODY0", "X")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("person", [VIC, UMA, NIA, GUEST, OPS, BEA, FIN], ids=lambda person: person.user)
def test_a_form_that_was_made_up_changes_nothing(hall, form, person):
    before = hall.stored()

    told = open_form(hall, person, form)
    assert hall.form(person) is None
    answer = submit(hall, person, form)

    assert told
    assert isinstance(answer, str)
    assert any(
        text in answer
        for text in ("may not manage account", "does not know you", "You are not a member", "operator of")
    )
    assert "Northwind" not in answer or person == NIA
    assert hall.stored() == before
    assert not hall.office.waiting("notices")


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("setup.remove", {"a": ACME, "p": "T0ACME#U0UMA", "r": "uploader"}),
        ("setup.code_remove", {"a": ACME, "alias": "main"}),
        ("setup.key_revoke", {"a": ACME, "n": "erp", "d": "000000000000"}),
        ("setup.revoke", {"a": ACME, "id": "0" * 64}),
    ],
)
def test_a_button_that_was_made_up_changes_nothing(hall, action_id, value):
    before = hall.stored()

    for person in (VIC, UMA, NED, GUEST, OPS, BEA):
        assert click(hall, person, action_id, value)
    for broken in ({}, {"a": ""}, {"a": NORTHWIND}, {"a": 7, "p": None}, {"a": ACME, "p": "x", "r": "y", "alias": []}):
        if action_id != "setup.code_remove" or broken.get("alias") != "main":
            assert click(hall, RAE, action_id, broken)

    assert hall.stored() == before


@pytest.mark.parametrize("form", FORMS)
def test_a_form_whose_admin_was_removed_meanwhile_is_refused(hall, form):
    owner, _, fields = FORMS[form]
    open_form(hall, owner, form)
    assert hall.form(owner)
    account = account_of(owner)
    other = hall.accounts.member(account, {RAE: UMA, NED: NIA}[owner])
    hall.accounts.put_member(replace(other, role=type(other.role)("admin")))
    hall.accounts.remove_member(account, owner)
    before = hall.stored()

    told = hall.fill(owner, **fields)

    assert "Rollcall does not know you yet" in told
    assert hall.stored() == before


@pytest.mark.parametrize("form", FORMS)
def test_a_form_whose_admin_is_none_any_more_is_refused(hall, form):
    owner, _, fields = FORMS[form]
    open_form(hall, owner, form)
    account = account_of(owner)
    other = hall.accounts.member(account, {RAE: UMA, NED: NIA}[owner])
    hall.accounts.put_member(replace(other, role=type(other.role)("admin")))
    mine = hall.accounts.member(account, owner)
    hall.accounts.put_member(replace(mine, role=type(mine.role)("viewer")))
    before = hall.stored()

    assert "you may not manage account" in hall.fill(owner, **fields)
    assert hall.stored() == before


@pytest.mark.parametrize("form", ["setup.member", "setup.code", "setup.key", "setup.channel", "setup.reference"])
def test_rights_that_end_between_the_look_and_the_act_count(hall, form, monkeypatch):
    """The check is in the transaction, too: whoever removes an admin at that very moment is the last to act."""
    owner, _, fields = FORMS[form]
    open_form(hall, owner, form)
    uma = hall.accounts.member(ACME, UMA)
    transact = AccountsTable.transact

    def slower(table, fill):
        monkeypatch.setattr(AccountsTable, "transact", transact)
        hall.accounts.put_member(replace(uma, user="U0NEW", name="New", role=ResellerRole.ADMIN))
        hall.accounts.remove_member(ACME, RAE)
        transact(table, fill)

    monkeypatch.setattr(AccountsTable, "transact", slower)
    told = hall.fill(owner, **fields)

    assert "not an admin of RSL-ACME any more" in told
    assert hall.accounts.changes_of(ACME)[0] == ()


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_first_page_of_a_reseller(hall):
    told = hall.ask(RAE, "setup")

    for text in ("3 members, 1 admin", "<#C0ACME>", "Sold-to codes*: 1", "2 customers", "API keys*: 1"):
        assert text in told
    assert told.splitlines()[-1] == "Acme Mobile · reseller"


def test_the_first_page_of_a_customer(hall):
    told = hall.ask(NED, "setup")

    for text in ("3 members, 1 admin", "<#C0NWIT>", "taken back for 10 minutes", "must be released", "1 registered"):
        assert text in told
    assert "Sold-to" not in told
    assert told.splitlines()[-1] == "Northwind Logistics · customer"


@pytest.mark.parametrize("person", [RAE, NED], ids=lambda person: person.user)
def test_every_page_is_reached_by_buttons_and_leads_back(hall, person):
    first = hall.message(person, "setup")
    names = [e["action_id"] for _, e in elements(first) if e["action_id"].startswith("setup.page")]
    assert len(names) >= 3
    for name in names:
        shown = hall.message(person, "setup")
        told = hall.press(person, shown, name)
        assert "does not know" not in told
        now = next(one for one in hall.office.messages(person) if one["ts"] == shown["ts"])
        if "Back to setup" in labels(now):
            assert "Setup of" in hall.press(person, now, "setup.page.back")


@pytest.mark.parametrize(("person", "page"), [(NED, "codes"), (NED, "references"), (RAE, "rules"), (RAE, "nothing")])
def test_a_page_of_the_other_side_is_none(hall, person, page):
    told = hall.ask(person, f"setup {page}")

    assert f"Setup has no page `{page}`" in told


@pytest.mark.parametrize(
    ("person", "words", "page"),
    [
        (RAE, "links", "references"),
        (RAE, "sold-to", "codes"),
        (RAE, "sold-to codes", "codes"),
        (RAE, '"Sold-to codes"', "codes"),
        (RAE, "channels", "channel"),
        (NED, "channels", "channel"),
        (RAE, "settings", ""),
        (NED, "settings", ""),
        (NED, "links", ""),
    ],
)
def test_a_page_goes_by_what_people_call_it(hall, person, words, page):
    assert hall.ask(person, f"setup {words}") == hall.ask(person, f"setup {page}".strip())
    assert "has no page" not in hall.ask(person, f"setup {words}")


def test_app_home_leads_admins_to_setup(hall):
    for person, admin in ((RAE, True), (NED, True), (UMA, False), (NIA, False)):
        hall.office.open_home(person)
        hall.office.drain()
        shown = hall.office.home(person)
        assert ("Set up" in labels(shown)) is admin
    home = hall.office.home(RAE)
    told = hall.press(RAE, home, "setup.page.setup")
    assert "Setup of Acme Mobile" in told
    hall.press(RAE, hall.form(RAE), "setup.page.members")
    hall.press(RAE, hall.form(RAE), "setup.invite")
    assert "Invitation for one person as viewer" in hall.fill(RAE, role="viewer")
    assert "Setup of Acme Mobile" in hall.press(RAE, hall.form(RAE), "setup.page.back")


# -- people ------------------------------------------------------------------------------------------------------------


def change_member(hall, admin, name, /, **fields):
    listed = hall.message(admin, "setup members")
    ordered = [e for _, e in elements(listed) if e["action_id"] == "setup.member"]
    nth = next(at for at, e in enumerate(ordered) if e["accessibility_label"] == f"Change {name}")
    hall.press(admin, listed, "setup.member", nth=nth)
    if fields:
        return hall.fill(admin, **fields)
    return hall.form(admin)


def test_a_role_is_given_and_counts_at_the_next_click(hall):
    told = change_member(hall, NED, "Nat", role="approver", name="Nathalie", email="nat@northwind.example")

    assert "*Nathalie* is approver now" in told
    assert "Ned made you approver of Northwind Logistics" in hall.told(NAT)
    member = hall.accounts.member(NORTHWIND, NAT)
    assert (member.role, member.name) == (CustomerRole.APPROVER, "Nathalie")
    assert "approver of *Northwind Logistics*" in hall.ask(NAT, "me")
    history = hall.ask(NED, "setup history")
    assert (
        "Ned changed Nat: `Nat, viewer, nat@northwind.example` → `Nathalie, approver, nat@northwind.example`" in history
    )


def test_a_member_is_removed_after_a_question_and_loses_everything(hall):
    form = change_member(hall, RAE, "Uma")
    (_, button), *_ = [found for found in elements(form) if found[1]["action_id"] == "setup.remove"]
    assert button["confirm"]["title"]["text"] == "Remove Uma?"

    told = hall.press(RAE, form, "setup.remove")

    assert "*Uma* is no member any more" in told
    assert "API keys stay good" in told
    hall.office.open_home(UMA)
    assert "Rae took you out of Acme Mobile" in hall.told(UMA)
    assert "does not know you" in words(hall.office.home(UMA)["blocks"]), "nothing of the company stays there"
    assert hall.places(UMA) == {}
    assert "does not know you" in hall.ask(UMA, "me")
    assert "Rae removed Uma, `uploader`" in hall.ask(RAE, "setup history")


@pytest.mark.parametrize("act", ["removed", "demoted"])
def test_the_last_admin_stays(hall, act):
    if act == "removed":
        told = hall.press(RAE, change_member(hall, RAE, "Rae"), "setup.remove")
    else:
        told = change_member(hall, RAE, "Rae", role="viewer", name="Rae", email="")

    assert "RSL-ACME has no other admin" in told
    assert hall.places(RAE) == {ACME: "admin"}


def test_an_admin_may_step_down_once_there_is_another(hall):
    change_member(hall, RAE, "Uma", role="admin", name="Uma", email="")
    hall.close(RAE)
    told = change_member(hall, RAE, "Rae", role="viewer", name="Rae", email="")

    assert "You are viewer of Acme Mobile now" in told
    assert hall.places(RAE) == {ACME: "viewer"}
    hall.close(RAE)
    assert "may not manage account" in hall.ask(RAE, "setup")


def test_an_old_form_does_not_overwrite_what_another_admin_did(hall):
    form = change_member(hall, RAE, "Uma")
    hall.accounts.put_member(replace(hall.accounts.member(ACME, UMA), role=ResellerRole.VIEWER))

    told = hall.fill(RAE, role="admin", name="Uma", email="")

    assert form
    assert "Uma was changed in the meantime" in told
    assert hall.places(UMA) == {ACME: "viewer"}


@pytest.mark.parametrize(
    ("fields", "block"),
    [
        ({"role": "viewer", "name": "Uma", "email": "not an address"}, "email"),
        ({"role": "viewer", "name": "Uma", "email": "RAE@acme.example"}, "email"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(hall, fields, block):
    assert set(change_member(hall, RAE, "Uma", **fields)) == {block}
    assert hall.accounts.member(ACME, UMA).role is ResellerRole.UPLOADER


def test_a_role_of_the_other_side_is_none(hall):
    FORMS["setup.member"][2]["role"] = "approver"
    try:
        assert submit(hall, RAE, "setup.member") == {"role": "Pick a role."}
    finally:
        FORMS["setup.member"][2]["role"] = "viewer"


def test_many_people_are_turned_over(hall):
    for number in range(20):
        hall.accounts.put_member(
            replace(hall.accounts.member(ACME, VIC), user=f"U0X{number:02}", name=f"Xa {number:02}")
        )
    shown = hall.message(RAE, "setup members")
    assert "People: 1-8 of 23" in words(shown["blocks"])

    assert "People: 9-16 of 23" in hall.press(RAE, shown, "page.next")
    now = next(one for one in hall.office.messages(RAE) if one["ts"] == shown["ts"])
    assert "People: 1-8 of 23" in hall.press(RAE, now, "page.prev")


def test_open_invitations_follow_the_people_page_by_page_and_one_taken_back_is_gone(hall):
    for number in range(9):
        hall.press(RAE, hall.message(RAE, "setup members"), "setup.invite")
        hall.fill(RAE, role="viewer", note=f"Guest {number}")
        hall.close(RAE)
    shown = hall.message(RAE, "setup members")
    first = words(shown["blocks"])
    assert "People: 3, open invitations: 9 (1-8 of 12)" in first
    second = hall.press(RAE, shown, "page.next")
    assert all(f"Guest {number} " in first + second for number in range(9))
    now = next(one for one in hall.office.messages(RAE) if one["ts"] == shown["ts"])
    left = hall.press(RAE, now, "setup.revoke")
    assert "The invitation is taken back" in left
    assert "People: 3, open invitations: 8" in left, "in place of the list"


def test_codes_and_keys_are_paged_and_what_is_removed_is_gone_from_the_list(hall):
    rae = hall.accounts.member(ACME, RAE)
    seen = hall.accounts.reseller(ACME).sold_to_codes
    change = Change(ACME, RAE, "2026-03-01T09:30:00Z", What.CODE_ADDED)
    added = [SoldToCode(f"alias{number:02}", f"{number}") for number in range(50)]
    hall.accounts.set_codes([*seen, *added], seen=seen, change=change)
    for number in range(30):
        key = ApiKey(ACME, f"key{number:02}", f"{number:064}", rae.role)
        hall.accounts.add_key(key, replace(change, what=What.KEY_MADE))

    lists = (
        ("setup codes", "setup.code_remove", [one.alias for one in (*seen, *added)]),
        ("keys", "setup.key_revoke", ["erp", *(f"key{number:02}" for number in range(30))]),
    )
    for typed, action, wanted in lists:
        whole = len(wanted)
        page = hall.message(RAE, typed)
        first = words(page["blocks"])
        assert f": 1-8 of {whole}" in first
        told = hall.press(RAE, page, action)
        assert f": 1-8 of {whole - 1}" in told
        assert told != first
        read = ""
        for first_of_page in range(1, whole, 8):
            (now,) = [one for one in hall.office.messages(RAE) if one["ts"] == page["ts"]]
            read += words(now["blocks"])
            assert f": {first_of_page}-" in words(now["blocks"])
            if first_of_page + 8 < whole:
                hall.press(RAE, now, "page.next")
        assert sum(name in read for name in wanted) >= len(wanted) - 1, "every one has its place on a page"


# -- settings ----------------------------------------------------------------------------------------------------------


def test_a_channel_is_named_and_tried(hall):
    hall.press(RAE, hall.message(RAE, "setup"), "setup.channel")
    told = hall.fill(RAE, place="C0ACMEGEN")

    assert "<#C0ACMEGEN> is the channel of *Acme Mobile* now" in told
    assert hall.accounts.reseller(ACME).notify == NotifyTarget("T0ACME", "C0ACMEGEN")
    assert all(hall.office.drain())
    posted = hall.office.messages(RAE, "C0ACMEGEN")[-1]
    assert "Rollcall tells *Acme Mobile* here" in words(posted["blocks"])
    assert not problems(posted, "message")
    assert "Rae set the channel: `C0ACME of T0ACME` → `C0ACMEGEN of T0ACME`" in hall.ask(RAE, "setup history")


@pytest.mark.feature("B26")
@pytest.mark.parametrize("trouble", ["not in it", "archived"])
def test_a_channel_that_cannot_be_posted_to_is_said_with_what_to_do(hall, trouble):
    world = hall.slack.world
    channel = world.channels["T0ACME", "C0ACMEGEN"]
    if trouble == "archived":
        channel.archived = True
    else:
        channel.members.remove(world.teams["T0ACME"].bot_user)
    try:
        hall.press(RAE, hall.message(RAE, "setup channel"), "setup.channel")
        hall.fill(RAE, place="C0ACMEGEN")
        told = hall.told(RAE)
    finally:
        channel.archived = False
        if world.teams["T0ACME"].bot_user not in channel.members:
            channel.members.append(world.teams["T0ACME"].bot_user)

    assert "Rollcall cannot post to <#C0ACMEGEN>, the channel of *Acme Mobile*" in told
    assert ("Type `/invite @Rollcall`" if trouble == "not in it" else "It is archived") in told


@pytest.mark.feature("B26")
def test_a_channel_that_takes_the_test_message_is_no_trouble_any_more(hall):
    news = Newsroom(hall.office)
    news.archive()
    news.upload(news.phones(1), by=None)
    news.archive(archived=False)
    assert any("Rollcall cannot post to <#C0ACME>" in words(one["blocks"]) for one in hall.office.messages(RAE))
    hall.press(RAE, hall.message(RAE, "setup channel"), "setup.channel")
    hall.fill(RAE, place="C0ACME")
    assert all(hall.office.drain())

    assert list(TroublesStore("UploadsTable").all()) == []
    assert any("can post to <#C0ACME> again" in words(one["blocks"]) for one in hall.office.messages(RAE))


@pytest.mark.feature("B26")
@pytest.mark.parametrize("place", ["C0ACMEGEN", None])
def test_a_channel_that_is_named_no_more_is_nobody_s_trouble(hall, place):
    news = Newsroom(hall.office)
    news.archive()
    news.upload(news.phones(1), by=None)
    assert [(one.channel, one.account) for one in TroublesStore("UploadsTable").all()] == [("C0ACME", "RSL-ACME")]
    hall.press(RAE, hall.message(RAE, "setup channel"), "setup.channel")
    hall.fill(RAE, place=place)
    assert all(hall.office.drain())
    assert list(TroublesStore("UploadsTable").all()) == []
    assert not any("can post to <#C0ACME> again" in words(one["blocks"]) for one in hall.office.messages(RAE))

    # What stands there still is brought up to date, or not: nobody hears of it.
    news.upload(news.phones(2), by=None)
    assert list(TroublesStore("UploadsTable").all()) == []
    news.archive(archived=False)


@pytest.mark.feature("B26")
def test_of_a_channel_that_is_named_again_and_refuses_again_the_admins_hear_again(hall):
    news = Newsroom(hall.office)
    news.archive()
    news.upload(news.phones(1), by=None)
    for place in ("C0ACMEGEN", "C0ACME"):
        hall.press(RAE, hall.message(RAE, "setup channel"), "setup.channel")
        hall.fill(RAE, place=place)
        hall.office.drain()
    before = sum("cannot post to <#C0ACME>" in words(one["blocks"]) for one in hall.office.messages(RAE))
    news.upload(news.phones(2), by=None)
    news.archive(archived=False)
    assert [one.channel for one in TroublesStore("UploadsTable").all()] == ["C0ACME"]
    after = sum("cannot post to <#C0ACME>" in words(one["blocks"]) for one in hall.office.messages(RAE))
    assert after == before + 1


def test_the_test_of_a_channel_may_come_twice(hall):
    hall.press(RAE, hall.message(RAE, "setup"), "setup.channel")
    hall.fill(RAE, place="C0ACMEGEN")
    before = len(hall.office.messages(RAE, "C0ACMEGEN"))
    event = hall.office.receive("notices")

    assert hall.office.deliver("notices", event)
    assert hall.office.deliver("notices", event)

    assert len(hall.office.messages(RAE, "C0ACMEGEN")) == before + 1


def test_a_form_that_comes_too_late_is_asked_for_once_more(hall):
    shown = hall.message(RAE, "setup")
    hall.slack.control.change("fault", {"method": "views.open", "kind": "error", "code": "expired_trigger_id"})

    assert "Press the button once more" in hall.press(RAE, shown, "setup.channel")
    hall.press(RAE, shown, "setup.channel")
    assert hall.form(RAE)


def test_without_a_channel_admins_are_told_in_person(hall):
    hall.press(NED, hall.message(NED, "setup"), "setup.channel")
    told = hall.fill(NED, place=None)

    assert "There is no channel now" in told
    assert hall.accounts.customer(NORTHWIND).notify is None
    assert [message["kind"] for message in hall.office.waiting("notices")] == ["channel_left"], "nothing is posted"
    assert "none, so your admins are told in person" in hall.ask(NED, "setup")


@pytest.mark.feature("P9")
def test_sold_to_codes_come_and_go(hall):
    hall.press(RAE, hall.message(RAE, "setup codes"), "setup.code")
    assert hall.fill(RAE, alias="MAIN", number="9") == {
        "alias": "There is a code of this alias. Remove it first, or take another alias."
    }
    assert "called *spare* now" in hall.fill(RAE, alias=" spare ", number="77")
    assert hall.accounts.reseller(ACME).sold_to_codes == (SoldToCode("main", "1002003"), SoldToCode("spare", "77"))
    hall.close(RAE)

    told = hall.press(RAE, hall.message(RAE, "setup codes"), "setup.code_remove")

    assert "The code *main* is removed" in told
    assert hall.accounts.reseller(ACME).sold_to_codes == (SoldToCode("spare", "77"),)
    history = hall.ask(RAE, "setup history")
    assert "removed the sold-to code main: `1002003`" in history
    assert "added the sold-to code spare: `77`" in history


@pytest.mark.feature("P1")
def test_a_reference_is_the_reseller_s_own(hall):
    shown = hall.message(RAE, "setup references")
    nth = [e["accessibility_label"] for _, e in elements(shown) if e["action_id"] == "setup.reference"].index(
        f"Change reference of {NORTHWIND}"
    )
    hall.press(RAE, shown, "setup.reference", nth=nth)
    told = hall.fill(RAE, text="NW *99*")

    assert "is `NW *99*` now" in told
    assert "your reference `NW *99*`" in hall.ask(RAE, "customers")
    assert "NW *99*" not in hall.ask(NED, "setup")


@pytest.mark.feature("B7", "P15")
def test_a_customer_sets_its_rules(hall):
    hall.press(NED, hall.message(NED, "setup"), "setup.rules")
    told = hall.fill(NED, undo="14400", release=[])

    assert "taken back for 4 hours from now on" in told
    assert "is not needed now" in told
    stored = hall.accounts.customer(NORTHWIND)
    assert (stored.undo_seconds, stored.release_verified) == (14_400, False)
    hall.close(NED)
    assert "taken back for 4 hours" in hall.ask(NED, "setup rules")
    history = hall.ask(NED, "setup history")
    assert "how long decisions can be undone: `10 minutes` → `4 hours`" in history
    assert "must be released: `needed` → `not needed`" in history

    hall.press(NED, hall.message(NED, "setup rules"), "setup.rules")
    assert "Nothing was changed" in hall.fill(NED, undo="14400", release=[])


# -- keys --------------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P20")
@pytest.mark.parametrize(("person", "account", "role"), [(RAE, ACME, "uploader"), (NED, NORTHWIND, "approver")])
def test_a_key_is_shown_once_in_a_modal_and_kept_as_a_digest(hall, person, account, role):
    hall.press(person, hall.message(person, "keys"), "setup.key")
    told = hall.fill(person, name="warehouse", role=role)

    (secret,) = KEY.findall(told)
    key = hall.accounts.key(secret)
    assert (key.account, key.name, key.role) == (account, "warehouse", role)
    stored_items = json.dumps(hall.office.cloud.scan("AccountsTable"), default=str)
    messages = json.dumps([one["text"] for one in hall.office.messages(person)])
    sent = json.dumps([hall.office.waiting(queue) for queue in ("notices", "jobs")])
    assert secret not in stored_items + messages + sent
    shown = hall.press(person, hall.form(person), "setup.page.show")
    assert "*`warehouse`*" in shown
    assert not KEY.search(shown)
    assert f"made the API key warehouse, `{role}`" in hall.ask(person, "setup history")


@pytest.mark.feature("P20")
def test_a_key_is_revoked_after_a_question(hall):
    shown, again = hall.message(RAE, "keys"), hall.message(RAE, "keys")
    (button,) = [e for _, e in elements(shown) if e["action_id"] == "setup.key_revoke"]
    assert button["confirm"]["confirm"]["text"] == "Revoke"
    assert hall.accounts.key("local-acme-key")

    assert "The key *`erp`* is void" in hall.press(RAE, shown, "setup.key_revoke")

    assert hall.accounts.key("local-acme-key") is None
    assert "The key erp was changed in the meantime" in hall.press(RAE, again, "setup.key_revoke")


@pytest.mark.parametrize(
    ("fields", "block"),
    [
        ({"name": "erp", "role": "viewer"}, "name"),
        ({"name": "a b", "role": "viewer"}, "name"),
        ({"name": "ü", "role": "viewer"}, "name"),
    ],
)
def test_a_key_needs_a_name_of_its_own(hall, fields, block):
    hall.press(RAE, hall.message(RAE, "keys"), "setup.key")

    assert set(hall.fill(RAE, **fields)) == {block}
    assert len(hall.accounts.keys_of(ACME)) == 1


# -- several places ----------------------------------------------------------------------------------------------------


def test_a_page_s_buttons_act_for_the_company_of_the_page(hall):
    """Tam is an admin of a reseller and of a customer: what a page of one says is never done to the other."""
    for account, role in (("RSL-BOLTWAVE", ResellerRole.ADMIN), ("CUST-FABRIKAM", CustomerRole.ADMIN)):
        hall.accounts.put_member(replace(hall.accounts.member(account, TAM), role=role))
    assert "You belong to 2 companies" in hall.ask(TAM, "setup")
    bolt = hall.message(TAM, "setup as:RSL-BOLTWAVE")
    fabrikam = hall.message(TAM, "setup as:CUST-FABRIKAM")

    hall.press(TAM, fabrikam, "setup.rules")
    hall.fill(TAM, undo="300", release=["yes"])
    hall.close(TAM)
    hall.press(TAM, bolt, "setup.channel")
    hall.fill(TAM, place="C0BOLTGEN")
    hall.close(TAM)

    assert hall.accounts.customer("CUST-FABRIKAM").undo_seconds == 300
    assert hall.accounts.customer("CUST-FABRIKAM").notify == NotifyTarget("T0FABRIKAM", "C0FABRIKAM")
    assert hall.accounts.reseller("RSL-BOLTWAVE").notify == NotifyTarget("T0BOLT", "C0BOLTGEN")
    told = hall.press(TAM, bolt, "setup.page.members")
    assert "Boltwave · reseller" in told
    assert "Tam" in hall.ask(TAM, "setup history as:RSL-BOLTWAVE")
    assert "channel" not in hall.ask(TAM, "setup history as:CUST-FABRIKAM")


def test_a_user_id_that_exists_elsewhere_gives_no_rights_there(hall):
    """Rae of Acme is an admin; whoever has her user id at Fabrikam is not."""
    other = Person("T0FABRIKAM", "U0RAE")
    before = hall.stored()

    for form in FORMS:
        assert "does not know you" in submit(hall, other, form)

    assert hall.stored() == before
