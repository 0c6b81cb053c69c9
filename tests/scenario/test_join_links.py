"""The link of an invitation: through the install for a workspace without Rollcall, to a command for one that has it."""

from __future__ import annotations

import html
import json
import re

import pytest

from rollcall.accounts import Person
from rollcall.invitations import SECONDS
from tests.cloud import SECRETS
from tests.gateway import LambdaContext
from tests.hall import CODE, GUEST, NED, NORTHWIND_GUEST, OPS, RAE, Hall
from tests.office import PUBLIC_URL, install, running_office
from tests.visitor import Visitor

pytestmark = pytest.mark.feature("B25")
LINK = re.compile(r"https://[^\s`]+/slack/install\?join=(J(?:-[0-9A-Z]{4}){4})")


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


@pytest.fixture
def visitor(hall):
    return Visitor(hall.office)


def invited(hall, person=OPS, typed='reseller "Globex"'):
    """Invites; the code."""
    shown = hall.ask(person, f"invite {typed}")
    code = hall.code(shown)
    (linked,) = LINK.findall(shown)
    assert linked == code
    assert f"{PUBLIC_URL}/slack/install?join={code}" in shown
    return code


def said(page):
    """What a person reads on a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])).split())


def without(hall, team):
    """The workspace without Rollcall, on both sides."""
    hall.office.slack.world.teams[team].installed = False
    key = {"pk": {"S": f"workspace#{team}"}, "sk": {"S": "installation"}}
    hall.office.cloud.client("dynamodb").delete_item(TableName="AccountsTable", Key=key)


def who(person):
    return f"{person.team} {person.user}"


def test_a_workspace_without_rollcall_gets_it_and_its_person_is_in(hall, visitor):
    without(hall, GUEST.team)
    code = invited(hall)
    back = visitor.answer(visitor.begin(join=code), who(GUEST))
    assert hall.places(GUEST) == {}
    visitor.open(back)
    assert visitor.status == 200
    assert "Your invitation is redeemed" in said(visitor.page)
    ((account, role),) = hall.places(GUEST).items()
    assert account.startswith("RSL-GLOBEX-")
    assert role == "admin"
    told = hall.told(GUEST)
    assert "Welcome. You are admin of *Globex*" in told
    assert "Set up" in told
    assert "brought in *Globex*" in "\n".join(str(one) for one in hall.office.messages(OPS))


def test_a_customer_that_a_reseller_invites_by_link_is_linked_with_it(hall, visitor):
    without(hall, NORTHWIND_GUEST.team)
    code = invited(hall, RAE, 'customer "Umbrella"')
    visitor.open(visitor.answer(visitor.begin(join=code), who(NORTHWIND_GUEST)))
    (account,) = hall.places(NORTHWIND_GUEST)
    assert [link.reseller for link in hall.accounts.links_to(account).values()] == ["RSL-ACME"]


def test_a_workspace_with_rollcall_is_shown_the_command(hall, visitor):
    code = invited(hall)
    visitor.open(f"{PUBLIC_URL}/slack/install?join={code}")
    assert visitor.status == 200
    page = said(visitor.page)
    assert f"/rollcall join {code}" in page
    assert f'href="{hall.office.slack.url}/"' in visitor.page, "Open Slack"
    assert "Open Slack" in page
    assert "Globex" not in visitor.page, "programs that preview links read it, too"
    assert "no-store" in visitor.headers["Cache-Control"]
    assert visitor.headers["Referrer-Policy"] == "no-referrer"
    assert "Welcome" in hall.ask(GUEST, f"join {code}")


@pytest.mark.parametrize("typed", ["{code}", "{small}", "{bare}"])
def test_a_link_is_understood_as_it_arrives(hall, visitor, typed):
    code = invited(hall)
    shown = typed.format(code=code, small=code.lower(), bare=code.replace("-", ""))
    visitor.begin(join=shown)
    assert f"/rollcall join {code}" in said(visitor.page)


def test_a_preview_of_the_link_uses_nothing_up(hall, visitor):
    """Slack's robot and its like fetch what people send, some ask for the head alone; nobody is in by that."""
    code = invited(hall)
    for method in ("GET", "HEAD", "GET"):
        event = {
            "version": "2.0",
            "routeKey": f"{method} /slack/install",
            "rawPath": "/slack/install",
            "rawQueryString": f"join={code}",
            "headers": {"user-agent": "Slackbot-LinkExpanding 1.0"},
            "requestContext": {"http": {"method": method, "path": "/slack/install"}},
            "isBase64Encoded": False,
        }
        assert install.handle(event, LambdaContext("preview", function_name="install"))["statusCode"] == 200
    without(hall, GUEST.team)
    visitor.open(visitor.answer(visitor.begin(join=code), who(GUEST)))
    assert "Your invitation is redeemed" in said(visitor.page)


def test_a_code_that_lets_nobody_in_has_a_page_that_says_what_to_do(hall, visitor):
    used, old, back = invited(hall), invited(hall), invited(hall)
    assert "Welcome" in hall.ask(GUEST, f"join {used}")
    hall.lapse(old, SECONDS + 1)
    hall.press(OPS, hall.message(OPS, "invite"), "people.revoke")
    before = hall.stored()
    for code, status, title, what in (
        (used, 410, "has been used", "/rollcall me"),
        (old, 410, "has expired", "Ask whoever sent it to you for a new one"),
        (back, 410, "not good any more", "Ask them for a new one"),
        ("J-0000-0000-0000-0000", 404, "no such invitation", "Open it once more as you were sent it"),
        ("<script>alert(1)</script>", 404, "no such invitation", "Open it once more"),
        ("J", 404, "no such invitation", "Open it once more"),
    ):
        visitor.open(f"{PUBLIC_URL}/slack/install?join={code}")
        assert (visitor.status, visitor.cookies) == (status, []), code
        assert title in said(visitor.page)
        assert what in said(visitor.page)
        assert "Globex" not in visitor.page
        assert "<script" not in visitor.page
    assert hall.stored() == before


def test_an_invitation_is_redeemed_in_the_browser_that_began_it_and_once(hall, visitor):
    without(hall, GUEST.team)
    code = invited(hall)
    back = visitor.answer(visitor.begin(join=code), who(GUEST))
    other = Visitor(hall.office)
    other.open(back)
    assert other.status == 400
    other.begin()
    other.open(back)
    assert other.status == 400
    assert hall.places(GUEST) == {}
    visitor.open(back)
    assert len(hall.places(GUEST)) == 1
    visitor.open(back)
    assert visitor.status == 410
    assert len(hall.places(GUEST)) == 1


def test_who_comes_second_has_rollcall_and_is_told_of_the_code(hall, visitor):
    """The code was typed by somebody else between the two pages."""
    without(hall, GUEST.team)
    code = invited(hall)
    back = visitor.answer(visitor.begin(join=code), who(GUEST))
    assert "Welcome" in hall.ask(NED, f"join {code}")
    visitor.open(back)
    assert visitor.status == 200
    assert "still to be seen to" in said(visitor.page)
    assert hall.places(GUEST) == {}
    assert "used already" in hall.told(GUEST)


def test_an_admin_of_a_customer_is_asked_in_slack_which_company_it_is_for(hall, visitor):
    code = invited(hall, Person("T0BOLT", "U0BEA"), 'customer "Northwind again"')
    visitor.open(visitor.answer(visitor.begin(join=code), who(NED)))
    assert "written to you in Slack" in said(visitor.page)
    assert "Which shall it be?" in hall.told(NED)


def test_an_organisation_types_the_code(hall, visitor):
    for team in ("T0ACME", "T0NW"):
        hall.office.slack.world.teams[team].enterprise = "E0ORG"
    code = invited(hall)
    visitor.open(visitor.answer(visitor.begin(join=code), "E0ORG U0NED"))
    assert visitor.status == 200
    assert "/rollcall join <code>" in said(visitor.page)
    assert "Welcome" in hall.ask(GUEST, f"join {code}"), "it was not used up"


def test_a_fault_of_ours_leaves_the_install_and_the_code(hall, visitor, monkeypatch):
    without(hall, GUEST.team)
    code = invited(hall)
    back = visitor.answer(visitor.begin(join=code), who(GUEST))

    def broken(*_):
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(install.installer()._guests, "let_in", broken)
        visitor.open(back)
    assert visitor.status == 200
    assert "/rollcall join <code>" in said(visitor.page)
    assert [line for line in hall.office.lines if line["message"] == "An invitation was not redeemed"]
    assert "Welcome" in hall.ask(GUEST, f"join {code}")


def test_the_code_is_kept_and_logged_nowhere(hall, visitor):
    without(hall, GUEST.team)
    code = invited(hall)
    visitor.open(visitor.answer(visitor.begin(join=code), who(GUEST)))
    hall.office.drain()
    kept = json.dumps(hall.office.cloud.scan("AccountsTable"), default=str) + json.dumps(hall.office.waiting("notices"))
    logs = hall.office.out.getvalue() + str(hall.office.others)
    for shown in (code, code.lower(), code.replace("-", ""), SECRETS["client-secret"]):
        assert shown not in kept + logs
    assert not CODE.search(kept + logs)
