"""A workspace gets Rollcall by itself: our page, Slack's, back again; and every way in which that comes to nothing."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from rollcall.accounts import Person
from rollcall.slack.scopes import BOT_SCOPES
from rollcall.store.installations import InstallationsStore
from rollcall.store.oauth_states import SECONDS, OAuthStates
from tests.cloud import SECRETS, put_secrets
from tests.office import forget, install, words
from tests.visitor import Visitor

pytestmark = pytest.mark.feature("B25")
RAE = Person("T0ACME", "U0RAE")


@pytest.fixture
def visitor(office):
    return Visitor(office)


def uninstalled(office, team="T0ACME"):
    """The workspace without Rollcall, on both sides."""
    office.slack.world.teams[team].installed = False
    key = {"pk": {"S": f"workspace#{team}"}, "sk": {"S": "installation"}}
    office.cloud.client("dynamodb").delete_item(TableName="AccountsTable", Key=key)


def found(office, team="T0ACME", enterprise=""):
    return InstallationsStore.from_settings(office.cloud.settings).find(team, enterprise)


def said(page):
    """What a person reads on a page."""
    inside = re.sub(r"</?(b|code)>", "", page.partition("<body>")[2])
    return html.unescape(re.sub(r"<[^>]+>", " ", inside))


def items(office):
    return office.cloud.scan("AccountsTable")


def test_a_workspace_installs_rollcall_and_is_told_what_comes_next(office, visitor):
    uninstalled(office)
    url = visitor.begin()
    asked = dict(parse_qsl(urlsplit(url).query))
    assert asked["client_id"] == SECRETS["client-id"]
    assert asked["scope"].split(",") == list(BOT_SCOPES)
    assert asked["redirect_uri"].endswith("/slack/oauth_redirect")
    assert SECRETS["client-secret"] not in url + visitor.page
    visitor.open(visitor.answer(url))
    assert visitor.status == 200
    assert "Rollcall is in Acme Mobile now." in said(visitor.page)
    assert "/rollcall join <code>" in said(visitor.page)
    installation = found(office)
    assert installation.bot_token == office.slack.world.teams["T0ACME"].token != "xoxb-local-T0ACME"
    assert "You are *Rae*" in words(office.command(RAE, "/rollcall me")["blocks"])
    assert not [line for line in office.lines if line["level"] == "ERROR"]


def test_a_workspace_may_leave_out_what_is_optional(office, visitor):
    uninstalled(office)
    visitor.open(visitor.answer(visitor.begin(), optional=False))
    assert visitor.status == 200
    assert not office.slack.world.teams["T0ACME"].emails
    assert "You are *Rae*" in words(office.command(RAE, "/rollcall me")["blocks"])
    assert not [line for line in office.lines if line["level"] == "ERROR"]

    visitor.install()
    assert office.slack.world.teams["T0ACME"].emails, "who installs again is asked again"


@pytest.mark.parametrize(
    ("team", "passed"), [("T0ACME", "T0ACME"), ("E0ORG", "E0ORG"), ("T1&state=mine", None), ("<b>", None), ("", None)]
)
def test_a_workspace_can_be_named_beforehand_and_nothing_else(visitor, team, passed):
    asked = dict(parse_qsl(urlsplit(visitor.begin(team=team)).query))
    assert asked.get("team") == passed
    assert visitor.cookie == f"slack-app-oauth-state={asked['state']}"


def test_the_token_lies_under_lock_and_neither_it_nor_a_code_is_logged(office, visitor):
    uninstalled(office)
    back = visitor.answer(visitor.begin())
    visitor.open(back)
    token = found(office).bot_token
    secrets = [token, *dict(parse_qsl(urlsplit(back).query)).values(), SECRETS["client-secret"]]
    kept = str(items(office)) + office.out.getvalue() + str(office.others)
    assert [secret for secret in secrets if secret in kept] == []


def test_the_cookie_is_for_ten_minutes_and_for_nobody_elses_scripts_or_requests(visitor):
    visitor.begin()
    (cookie,) = visitor.cookies
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"Secure", "HttpOnly", "Path=/", f"Max-Age={SECONDS}", "SameSite=Lax"}
    assert "no-store" in visitor.headers["Cache-Control"]
    assert "default-src 'none'" in visitor.headers["Content-Security-Policy"]
    assert visitor.headers["Referrer-Policy"] == "no-referrer"


def test_a_cookie_in_the_header_is_as_good_as_one_beside_it(office, visitor):
    uninstalled(office)
    visitor.open(visitor.answer(visitor.begin()), cookies_apart=False)
    assert visitor.status == 200
    assert found(office)


def test_who_says_no_is_told_that_nothing_has_changed(office, visitor):
    uninstalled(office)
    visitor.open(visitor.answer(visitor.begin(), answer="cancel"))
    assert visitor.status == 200
    assert "Rollcall was not installed" in said(visitor.page)
    assert "Begin once more" in said(visitor.page)
    assert found(office) is None


def test_a_state_is_good_once(office, visitor):
    uninstalled(office)
    back = visitor.answer(visitor.begin())
    cookie = visitor.cookie
    visitor.open(back)
    token = found(office).bot_token
    for visitor.cookie in (cookie, ""):
        visitor.open(back)
        assert visitor.status == 410
        assert "finished before" in said(visitor.page)
    assert found(office).bot_token == token


def test_a_state_that_was_made_up_is_refused(office, visitor):
    uninstalled(office)
    back = visitor.answer(visitor.begin())
    state = dict(parse_qsl(urlsplit(back).query))["state"]
    forged = back.replace(state, "A" * len(state))
    for cookie in (visitor.cookie, f"slack-app-oauth-state={'A' * len(state)}", ""):
        visitor.cookie = cookie
        visitor.open(forged)
        assert visitor.status == 400
        assert "no install that was begun here" in said(visitor.page)
    assert found(office) is None


def test_a_state_without_its_browser_is_refused(office, visitor):
    """Somebody begins, and has another person's browser finish: their workspace would be ours to write to."""
    uninstalled(office)
    back = visitor.answer(visitor.begin())
    other = Visitor(office)
    other.open(back)
    assert other.status == 400
    assert "begun elsewhere" in said(other.page)
    other.begin()
    other.open(back)
    assert other.status == 400
    assert found(office) is None
    visitor.open(back)
    assert visitor.status == 200, "whoever began it still can finish it"


def test_a_state_ends_after_ten_minutes(office, visitor, monkeypatch):
    uninstalled(office)
    back = visitor.answer(visitor.begin())
    states = install.installer()._states
    now = states._clock()
    monkeypatch.setattr(states, "_clock", lambda: now + SECONDS + 1)
    visitor.open(back)
    assert visitor.status == 410
    assert "took too long" in said(visitor.page)
    assert found(office) is None


def test_states_are_forgotten_by_the_table(office, visitor):
    visitor.begin()
    (state,) = [item for item in items(office) if item["pk"]["S"].startswith("oauth#")]
    assert int(state["expires"]["N"]) > int(state["until"]["N"])
    assert dict(parse_qsl(urlsplit(visitor.begin()).query))["state"] not in str(items(office))


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        ({"kind": "error", "code": "code_expired"}, "code_expired"),
        ({"kind": "error", "code": "bad_client_secret"}, "bad_client_secret"),
        ({"kind": "rate_limited"}, "ratelimited"),
        ({"kind": "broken"}, "internal_error"),
    ],
)
def test_what_slack_answers_in_place_of_a_token_is_shown(office, visitor, fault, shown):
    uninstalled(office)
    back = visitor.answer(visitor.begin())
    office.slack.control.change("fault", {"method": "oauth.v2.access", **fault})
    visitor.open(back)
    assert visitor.status == 502
    assert "Slack did not confirm the install" in said(visitor.page)
    assert f"Slack says: {shown}" in " ".join(said(visitor.page).split())
    assert re.search(r"R-[0-9A-Z]{8}", visitor.page)
    assert found(office) is None
    assert visitor.begin(), "and it can be begun anew"


def test_an_answer_without_a_code_is_told(visitor):
    back = visitor.answer(visitor.begin())
    visitor.open(back.replace("code=", "kode="))
    assert visitor.status == 400
    assert "was not whole" in said(visitor.page)


def test_an_error_that_is_no_code_of_slacks_is_not_repeated(visitor):
    visitor.begin()
    visitor.open(f"{visitor_url()}?error=%3Cscript%3Ealert(1)%3C/script%3E")
    assert visitor.status == 502
    assert "alert" not in visitor.page


def visitor_url():
    return f"{install.installer()._public_url}/slack/oauth_redirect"


def test_without_the_apps_secrets_nothing_can_be_begun(office, visitor):
    put_secrets(office.cloud.client("ssm"), client_secret=" ")
    forget()
    try:
        visitor.open(f"{install.installer()._public_url}/slack/install")
        assert visitor.status == 503
        assert "cannot be installed yet" in said(visitor.page)
    finally:
        put_secrets(office.cloud.client("ssm"))
        forget()


def test_a_fault_of_ours_has_a_page_and_a_reference(office, visitor, monkeypatch):
    uninstalled(office)
    back = visitor.answer(visitor.begin())

    def broken(*_):
        raise RuntimeError("the table is away")

    monkeypatch.setattr(OAuthStates, "consume", broken)
    visitor.open(back)
    assert visitor.status == 500
    reference = re.search(r"R-[0-9A-Z]{8}", visitor.page)[0]
    assert [line for line in office.lines if line["level"] == "ERROR" and line["reference"] == reference]


def test_installing_it_twice_does_no_harm(office, visitor):
    uninstalled(office)
    assert visitor.install() == 200
    first = found(office)
    assert Visitor(office).install(who="T0ACME U0UMA") == 200
    assert found(office) == first


def test_a_user_id_that_two_workspaces_have_is_two_people(office, visitor):
    """Slack gives user ids by workspace; Acme's Rae is nobody in the new one."""
    uninstalled(office, "T0NW")
    assert visitor.install(who="T0NW U0NIA") == 200
    assert found(office, "T0NW").bot_token != found(office).bot_token
    status, answer = office.post_command(Person("T0NW", RAE.user), "/rollcall me")
    assert status == 200
    assert "Acme" not in str(answer)
    assert "T0NW" in str(answer)
    assert "You are *Rae*" in words(office.command(RAE, "/rollcall me")["blocks"])


def test_an_organisation_installs_it_for_all_its_workspaces(office, visitor):
    for team in ("T0ACME", "T0NW"):
        uninstalled(office, team)
        office.slack.world.teams[team].enterprise = "E0ORG"
    assert visitor.install(who="E0ORG U0RAE") == 200
    assert "Rollcall is in E0ORG now." in said(visitor.page)
    assert "adds it to the workspaces" in said(visitor.page)
    assert found(office) is None, "nobody has asked from there yet"
    status, answer = office.post_command(RAE, "/rollcall me", enterprise_id="E0ORG")
    assert (status, "You are *Rae*" in words(answer["blocks"])) == (200, True)
    assert found(office).team == "E0ORG", "now a message finds its way there"
    assert found(office, "T0NW", "E0OTHER") is None
