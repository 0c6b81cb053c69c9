"""Getting in without anybody at the database: who invites whom, who joins by a code, and who does not (row B25)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rollcall.accounts import ResellerRole
from rollcall.invitations import SECONDS
from tests.hall import (
    ACME_GUEST,
    BEA,
    CODE,
    FABRIKAM_GUEST,
    GUEST,
    NAT,
    NED,
    NIA,
    NORTHWIND_GUEST,
    OPS,
    RAE,
    TAM,
    UMA,
    VIC,
    Hall,
)
from tests.office import running_office, words

pytestmark = pytest.mark.feature("B25")


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


# -- companies ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "begins"), [("reseller", "RSL-FOURTH-"), ("customer", "CUST-FOURTH-")])
def test_an_operator_invites_a_company_whose_first_admin_types_the_code(hall, kind, begins):
    code = hall.invite(OPS, f'{kind} "Fourth Coffee"')

    told = hall.ask(FABRIKAM_GUEST, f"join {code}")

    ((account, role),) = hall.places(FABRIKAM_GUEST).items()
    assert account.startswith(begins)
    assert role == "admin"
    assert "You are admin of *Fourth Coffee*" in told
    assert account in told
    assert f"Fourth Coffee · {kind}" in hall.ask(FABRIKAM_GUEST, "me")
    assert f"brought in *Fourth Coffee* (`{account}`)" in hall.told(OPS)


def test_a_reseller_s_admin_invites_a_customer_which_is_linked_from_then_on(hall):
    told = hall.ask(RAE, 'invite customer "Fourth Coffee" reference:"FC 4"')
    assert "Acme Mobile can upload to them" in told
    assert "/slack/install" in told
    assert told.splitlines()[-1] == "Acme Mobile · reseller"

    hall.ask(FABRIKAM_GUEST, f"join {hall.code(told)}")

    (account,) = hall.places(FABRIKAM_GUEST)
    customers = hall.ask(RAE, "customers")
    assert f"*Fourth Coffee* · `{account}` · your reference `FC 4` · has not registered you yet" in customers
    assert set(hall.accounts.links_to(account)) == {"RSL-ACME"}


def test_an_operator_names_the_reseller_of_a_customer(hall):
    code = hall.invite(OPS, 'customer "Fourth Coffee" reseller:rsl-boltwave')
    hall.ask(FABRIKAM_GUEST, f"join {code}")

    (account,) = hall.places(FABRIKAM_GUEST)
    assert set(hall.accounts.links_to(account)) == {"RSL-BOLTWAVE"}


@pytest.mark.parametrize("person", [VIC, UMA, NAT, NIA, NED, GUEST, TAM], ids=lambda person: person.user)
@pytest.mark.parametrize("kind", ["reseller", "customer"])
def test_who_may_not_invite_companies_makes_no_code(hall, person, kind):
    before = hall.stored()

    for named in ("", " as:RSL-ACME", " as:RSL-BOLTWAVE"):
        assert not CODE.search(hall.ask(person, f'invite {kind} "Fourth Coffee"{named}'))

    assert hall.stored() == before


def test_a_reseller_s_admin_invites_no_reseller(hall):
    told = hall.ask(RAE, 'invite reseller "Fourth Coffee"')

    assert "Only those who run Rollcall invite resellers" in told
    assert not CODE.search(told)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ('invite company "Fourth Coffee"', "Say `reseller` or `customer`, then"),
        ("invite customer", "then the company's name"),
        ('invite customer "Fourth Coffee" reseller:RSL-NOBODY', "There is no reseller RSL-NOBODY"),
        ('invite customer ""', "then the company's name"),
    ],
)
def test_what_is_missing_is_asked_for(hall, typed, says):
    told = hall.ask(OPS, typed)

    assert says in told
    assert "This works:" in told


def test_a_company_is_invited_by_a_form(hall):
    hall.press(RAE, hall.message(RAE, "setup"), "people.invite_company")
    told = hall.fill(RAE, company="  Fourth   Coffee ", reference="FC-4")

    hall.ask(FABRIKAM_GUEST, f"join {hall.code(told)}")
    (account,) = hall.places(FABRIKAM_GUEST)
    assert hall.accounts.customer(account).name == "Fourth Coffee"
    assert hall.accounts.link("RSL-ACME", account).internal_reference == "FC-4"


def test_a_form_that_was_open_when_its_admin_left_makes_no_code(hall):
    hall.press(RAE, hall.message(RAE, "setup"), "people.invite_company")
    hall.accounts.put_member(replace(hall.accounts.member("RSL-ACME", UMA), role=ResellerRole.ADMIN))
    hall.accounts.remove_member("RSL-ACME", RAE)

    told = hall.fill(RAE, company="Fourth Coffee")

    assert "Rollcall does not know you" in told
    assert not CODE.search(told)
    assert hall.accounts.invitations_of("RSL-ACME") == ()


def test_operators_see_what_is_open_and_take_it_back(hall):
    codes = {name: hall.invite(OPS, f'reseller "{name}"') for name in ("Fourth Coffee", "Litware")}
    hall.invite(RAE, 'customer "Tailspin"')
    listed = hall.message(OPS, "invite")
    told = words(listed["blocks"])
    assert "Open invitations: 1-2 of 2" in told
    assert "Tailspin" not in told
    assert not CODE.search(json.dumps(listed))
    (value, *_) = [
        json.loads(block["accessory"]["value"])
        for block in listed["blocks"]
        if "Fourth Coffee" in block.get("text", {}).get("text", "")
    ]
    for person in (RAE, NED, GUEST):
        payload = {
            "type": "block_actions",
            "user": {"id": person.user, "team_id": person.team},
            "team": {"id": person.team},
            "response_url": hall.office.response_url(person),
            "actions": [{"type": "button", "action_id": "people.revoke", "block_id": "b", "value": json.dumps(value)}],
        }
        assert hall.office.post_interaction(payload)[0] == 200
        assert "not for you" in words(hall.office.messages(person)[-1]["blocks"])
    assert not hall.accounts.invitation(value["id"]).revoked

    nth = [("Fourth" in json.dumps(block)) for block in listed["blocks"] if block.get("accessory")].index(True)
    left = hall.press(OPS, listed, "people.revoke", nth=nth)
    assert "The invitation for *Fourth Coffee* is taken back" in left
    assert "Open invitations: 1 of 1\nInvitation for Litware" in left, "in place of the list that had both"
    (shown,) = [one for one in hall.office.messages(OPS) if one["ts"] == listed["ts"]]
    assert words(shown["blocks"]) == left

    assert "not good any more" in hall.ask(FABRIKAM_GUEST, f"join {codes['Fourth Coffee']}")
    assert "Open invitations: 1 of 1" in hall.ask(OPS, "invite")
    hall.press(OPS, hall.message(OPS, "invite"), "people.invite_company")
    code = hall.code(hall.fill(OPS, kind="reseller", company="Wingtip"))
    hall.ask(FABRIKAM_GUEST, f"join {code}")
    assert next(iter(hall.places(FABRIKAM_GUEST))).startswith("RSL-WINGTIP-")


def test_operators_page_through_all_that_is_open(hall):
    names = [f"Company {number}" for number in range(11)]
    for name in names:
        hall.invite(OPS, f'reseller "{name}"')
    listed = hall.message(OPS, "operator invitations")
    first = words(listed["blocks"])
    assert "Open invitations: 1-8 of 11" in first
    second = hall.press(OPS, listed, "page.next")
    assert "Open invitations: 9-11 of 11" in second
    assert all(f"Invitation for {name} " in first + second for name in names)
    assert "Open invitations" not in hall.ask(RAE, "operator invitations")


# -- joining -----------------------------------------------------------------------------------------------------------


def test_a_code_works_once(hall):
    code = hall.invite(OPS, 'reseller "Fourth Coffee"')
    hall.ask(FABRIKAM_GUEST, f"join {code}")

    assert "You have used this code already" in hall.ask(FABRIKAM_GUEST, f"join {code}")
    for person in (NORTHWIND_GUEST, UMA):
        told = hall.ask(person, f"join {code}")
        assert "has been used already" in told
        assert "Fourth" not in told.replace("Fourth Coffee · reseller", "")
    assert hall.places(NORTHWIND_GUEST) == {}
    assert len(hall.places(FABRIKAM_GUEST)) == 1


def test_a_code_is_good_for_a_week(hall):
    code = hall.invite(OPS, 'reseller "Fourth Coffee"')
    hall.lapse(code, SECONDS)

    told = hall.ask(FABRIKAM_GUEST, f"join {code}")

    assert "has expired" in told
    assert "Fourth" not in told
    assert hall.places(FABRIKAM_GUEST) == {}
    hall.lapse(code, -10)
    hall.ask(FABRIKAM_GUEST, f"join {code}")
    assert hall.places(FABRIKAM_GUEST)


@pytest.mark.parametrize("typed", ["J-0000-0000-0000-0000", "nonsense", "J-7K3F", "U-7K3F-9QMC-2V5R-8TXA"])
def test_a_code_that_was_made_up_lets_nobody_in(hall, typed):
    told = hall.ask(GUEST, f"join {typed}")

    assert "no invitation with this code" in told
    assert GUEST.user in told
    assert GUEST.team in told
    assert "To join" in told
    assert hall.places(GUEST) == {}


def test_a_code_that_was_taken_back_lets_nobody_in(hall):
    hall.press(RAE, hall.message(RAE, "setup members"), "setup.invite")
    code = hall.code(hall.fill(RAE, role="viewer", note="the new one"))
    hall.close(RAE)
    listed = hall.message(RAE, "setup members")
    assert "Invitation for the new one as viewer" in words(listed["blocks"])
    assert not CODE.search(json.dumps(listed))

    assert "taken back" in hall.press(RAE, listed, "setup.revoke")

    told = hall.ask(ACME_GUEST, f"join {code}")
    assert "not good any more" in told
    assert "Acme" not in told
    assert hall.places(ACME_GUEST) == {}
    assert "Invitation for" not in hall.ask(RAE, "setup members")


def test_a_code_is_kept_nowhere_and_stands_in_no_queue(hall):
    code = hall.invite(RAE, 'customer "Fourth Coffee"')
    hall.ask(FABRIKAM_GUEST, f"join {code}")

    stored = json.dumps(hall.office.cloud.scan("AccountsTable"), default=str)
    sent = json.dumps([hall.office.waiting(queue) for queue in ("notices", "jobs")])
    assert code not in stored + sent
    assert "Fourth Coffee" in stored


@pytest.mark.parametrize("typed", ["{low}", "{bare}", "{spaced}"])
def test_a_code_is_understood_as_people_type_it(hall, typed):
    code = hall.invite(OPS, 'reseller "Fourth Coffee"')
    forms = {"low": code.lower(), "bare": code.replace("-", "")[1:], "spaced": code.replace("-", " ")}

    hall.ask(FABRIKAM_GUEST, "join " + typed.format(**forms))

    assert len(hall.places(FABRIKAM_GUEST)) == 1


def test_words_that_change_something_are_not_taken_from_a_message_to_the_bot(hall):
    code = hall.invite(OPS, 'reseller "Fourth Coffee"')
    hall.office.drain()

    hall.office.say(FABRIKAM_GUEST, f"join {code}")
    assert "Type it as a command" in hall.told(FABRIKAM_GUEST)
    assert hall.places(FABRIKAM_GUEST) == {}
    hall.office.say(RAE, 'invite customer "Fourth Coffee"')
    assert not CODE.search(hall.told(RAE))


def test_a_stranger_joins_by_a_form(hall):
    code = hall.invite(OPS, 'reseller "Fourth Coffee"')
    hall.office.say(FABRIKAM_GUEST, "join J-1")
    hall.office.drain()
    asked = hall.office.messages(FABRIKAM_GUEST)[-1]
    hall.press(FABRIKAM_GUEST, asked, "people.join")

    for wrong in ("J-1", code[:-1] + ("0" if code[-1] != "0" else "1")):
        assert "no invitation with this code" in hall.fill(FABRIKAM_GUEST, code=wrong)["code"]
        assert hall.form(FABRIKAM_GUEST)["callback_id"] == "people.join", "the form stays, with what was typed"
    assert "You are admin of *Fourth Coffee*" in hall.fill(FABRIKAM_GUEST, code=code)
    assert len(hall.places(FABRIKAM_GUEST)) == 1


# -- people ------------------------------------------------------------------------------------------------------------


def test_somebody_who_is_picked_gets_a_button_that_lets_only_them_in(hall):
    hall.press(RAE, hall.message(RAE, "setup members"), "setup.invite")
    hall.fill(RAE, role="uploader", person=ACME_GUEST.user)
    assert "Rae invites you to *Acme Mobile*" in hall.told(ACME_GUEST)
    message = hall.office.messages(ACME_GUEST)[-1]
    assert not CODE.search(json.dumps(message))

    (value,) = [
        element["value"]
        for block in message["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == "people.accept"
    ]
    for person in (NORTHWIND_GUEST, FABRIKAM_GUEST, NIA, UMA):
        places = hall.places(person)
        payload = {
            "type": "block_actions",
            "user": {"id": person.user, "team_id": person.team, "name": "mallory"},
            "team": {"id": person.team},
            "response_url": hall.office.response_url(person),
            "actions": [{"type": "button", "action_id": "people.accept", "block_id": "b", "value": value}],
            "container": {"type": "message"},
        }
        before = len(hall.office.messages(person))
        assert hall.office.post_interaction(payload)[0] == 200
        new = hall.office.messages(person)[before:]
        assert "not for you" in "".join(words(one["blocks"]) for one in new)
        assert hall.places(person) == places

    assert "You are uploader of *Acme Mobile*" in hall.press(ACME_GUEST, message, "people.accept")
    assert [one["user"] for one in hall.office.waiting("notices") if one["kind"] == "home"] == ["U0GUEST"]
    assert hall.places(ACME_GUEST) == {"RSL-ACME": "uploader"}
    assert "joined *Acme Mobile* as uploader" in hall.told(RAE)
    assert "You have used this code already" in hall.press(ACME_GUEST, message, "people.accept")


def test_a_company_has_people_in_two_workspaces(hall):
    hall.press(NED, hall.message(NED, "setup members"), "setup.invite")
    code = hall.code(hall.fill(NED, role="admin"))

    hall.ask(FABRIKAM_GUEST, f"join {code}")

    assert hall.places(FABRIKAM_GUEST) == {"CUST-NORTHWIND": "admin"}
    assert hall.places(NORTHWIND_GUEST) == {}, "the same user id in another workspace is somebody else"
    members = hall.ask(FABRIKAM_GUEST, "setup members")
    assert "user `U0GUEST` of team `T0FABRIKAM`" in members
    assert "Ned" in members


def test_who_is_a_member_needs_no_code_and_uses_none_up(hall):
    hall.press(RAE, hall.message(RAE, "setup members"), "setup.invite")
    code = hall.code(hall.fill(RAE, role="admin"))

    told = hall.ask(UMA, f"join {code}")

    assert "has you as a member already, as uploader" in told
    assert hall.places(UMA) == {"RSL-ACME": "uploader"}
    hall.ask(ACME_GUEST, f"join {code}")
    assert hall.places(ACME_GUEST) == {"RSL-ACME": "admin"}


def test_a_leaver_cannot_let_themselves_in_again(hall):
    hall.press(RAE, hall.message(RAE, "setup members"), "setup.invite")
    code = hall.code(hall.fill(RAE, role="admin"))
    hall.accounts.put_member(replace(hall.accounts.member("RSL-ACME", UMA), role=ResellerRole.ADMIN))
    hall.accounts.remove_member("RSL-ACME", RAE)

    for person in (RAE, ACME_GUEST):
        told = hall.ask(person, f"join {code}")
        assert "not good any more" in told
        assert "Acme" not in told
        assert hall.places(person) == {}


# -- one more reseller -------------------------------------------------------------------------------------------------


def test_an_admin_of_a_customer_chooses_whether_a_reseller_is_for_it(hall):
    code = hall.invite(BEA, 'customer "Northwind"')
    question = hall.message(NED, f"join {code}")
    assert "invites a customer, and you are an admin of one already" in words(question["blocks"])
    assert set(hall.accounts.links_to("CUST-NORTHWIND")) == {"RSL-ACME"}

    told = hall.press(NED, question, "people.link.0")

    assert "*Boltwave* can upload devices for *Northwind Logistics*" in told
    assert set(hall.accounts.links_to("CUST-NORTHWIND")) == {"RSL-ACME", "RSL-BOLTWAVE"}
    assert hall.places(NED) == {"CUST-NORTHWIND": "admin"}
    assert "Northwind Logistics" in hall.ask(BEA, "customers")
    assert "You have used this code already" in hall.press(NED, question, "people.link.new")


def test_or_for_a_company_that_is_new(hall):
    code = hall.invite(BEA, 'customer "Fourth Coffee"')
    question = hall.message(NED, f"join {code}")

    hall.press(NED, question, "people.link.new")

    assert set(hall.accounts.links_to("CUST-NORTHWIND")) == {"RSL-ACME"}
    (new,) = set(hall.places(NED)) - {"CUST-NORTHWIND"}
    assert set(hall.accounts.links_to(new)) == {"RSL-BOLTWAVE"}
    assert "You belong to 2 companies" in hall.ask(NED, "me")
    assert "Fourth Coffee · customer" in hall.ask(NED, f"me as:{new}")


@pytest.mark.parametrize(("named", "linked"), [("CUST-NORTHWIND", True), ("CUST-CONTOSO", False), ("RSL-ACME", False)])
def test_the_company_may_be_named_in_the_command(hall, named, linked):
    code = hall.invite(BEA, 'customer "Northwind"')

    told = hall.ask(NED, f"join {code} as:{named}")

    assert ("RSL-BOLTWAVE" in hall.accounts.links_to("CUST-NORTHWIND")) is linked
    assert linked or "You are no admin of" in told
    assert "Contoso Managed" not in told


def test_the_question_is_for_the_one_who_has_the_code(hall):
    code = hall.invite(BEA, 'customer "Northwind"')
    question = hall.message(NED, f"join {code}")
    (value,) = [
        block["accessory"]["value"]
        for block in question["blocks"]
        if block.get("accessory", {}).get("action_id") == "people.link.0"
    ]
    assert code not in json.dumps(question)
    payload = {
        "type": "block_actions",
        "user": {"id": "U0FIN", "team_id": "T0FABRIKAM"},
        "team": {"id": "T0FABRIKAM"},
        "response_url": hall.office.response_url(FABRIKAM_GUEST),
        "actions": [{"type": "button", "action_id": "people.link.0", "block_id": "b", "value": value}],
    }
    assert hall.office.post_interaction(payload)[0] == 200
    assert set(hall.accounts.links_to("CUST-NORTHWIND")) == {"RSL-ACME"}
    assert not hall.accounts.invitations_of("RSL-BOLTWAVE")[0].used_by
