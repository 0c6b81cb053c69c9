"""A company comes in on the page: invited by a reseller, joined by somebody nobody knew, set up, its people invited."""

from __future__ import annotations

import re

import pytest

from local.choices import Choices
from local.laptop import running_laptop
from tests.cloud import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.feature("B25")]
CODE = re.compile(r"J(?:-[0-9A-Z]{4}){4}")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory):
    state = tmp_path_factory.mktemp("laptop")
    with running_laptop(Choices(state=state, port=4860, directory=ROOT / "local" / "directory.yaml")) as running:
        yield running


@pytest.fixture
def look(browser, laptop):
    """Opens the page with two people side by side."""
    contexts = []

    def open_page(left, right):
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{laptop.workspace.url}/#left={left}&right={right}")
        page.wait_for_selector("body.ready")
        return page.locator("[data-column=left]"), page.locator("[data-column=right]")

    yield open_page
    for context in contexts:
        context.close()


def say(side, text):
    side.locator(".composer textarea").fill(text)
    side.locator(".composer textarea").press("Enter")


def code_in(side):
    shown = side.get_by_text(CODE).last
    shown.wait_for()
    return CODE.search(shown.inner_text())[0]


def test_a_customer_is_invited_joins_and_sets_itself_up(look):
    rae, guest = look("T0ACME/U0RAE", "T0FABRIKAM/U0GUEST")
    say(rae, '/rollcall invite customer "Fourth Coffee" reference:FC-4')
    code = code_in(rae)

    say(guest, f"/rollcall join {code}")
    guest.get_by_text("You are admin of").wait_for()
    say(guest, f"/rollcall join {code}")
    guest.get_by_text("You have used this code already").wait_for()
    say(rae, "/rollcall customers")
    rae.get_by_text("FC-4").last.wait_for()

    guest.get_by_role("button", name="Set up").click()
    guest.get_by_text("Setup of Fourth Coffee").wait_for()
    guest.get_by_role("button", name="Change channel").click()
    form = guest.get_by_role("dialog", name="Notification channel")
    form.get_by_label(re.compile("^Channel")).select_option(label="#general")
    form.get_by_role("button", name="Save and test").click()
    guest.get_by_text("A test message is on its way").wait_for()


def test_an_admin_invites_somebody_here_who_joins_by_a_button(look):
    ned, guest = look("T0NW/U0NED", "T0NW/U0GUEST")
    say(ned, "/rollcall setup members")
    ned.get_by_role("button", name="Invite a person").click()
    form = ned.get_by_role("dialog", name="Invite a person")
    form.get_by_label("Role", exact=True).select_option(index=1)
    form.get_by_label(re.compile("^Person")).select_option(label="Guest")
    form.get_by_role("button", name="Invite", exact=True).click()
    assert CODE.fullmatch(code_in(ned))

    guest.get_by_role("button", name="Join Northwind Logistics").click()
    guest.get_by_text("Northwind Logistics · customer").last.wait_for()
    say(guest, "/rollcall me")
    guest.get_by_text("of Northwind Logistics").last.wait_for()


def test_a_key_is_made_and_shown_in_a_modal_alone(look, laptop):
    rae, _ = look("T0ACME/U0RAE", "T0NW/U0NIA")
    say(rae, "/rollcall keys")
    rae.get_by_role("button", name="Make a key").click()
    form = rae.get_by_role("dialog", name="Make an API key")
    form.get_by_label("Name", exact=True).fill("warehouse")
    form.get_by_label("Role", exact=True).select_option(label="uploader")
    form.get_by_role("button", name="Make", exact=True).click()
    shown = rae.get_by_role("dialog", name="API key").get_by_text(re.compile("rollcall_"))
    shown.wait_for()

    assert re.search(r"rollcall_[\w-]{43}", shown.inner_text())
