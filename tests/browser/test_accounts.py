"""A company comes in on the page: invited by a reseller, joined by somebody nobody knew, set up, its people invited."""

from __future__ import annotations

import re

import pytest

from tests.browser.screens import CODE, code_in, say, sides

pytestmark = [pytest.mark.browser, pytest.mark.feature("B25")]
PORT = 4860


def test_a_customer_is_invited_joins_and_sets_itself_up(look):
    rae, guest = sides(look("T0ACME/U0RAE", "T0FABRIKAM/U0GUEST"))
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
    ned, guest = sides(look("T0NW/U0NED", "T0NW/U0GUEST"))
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


def test_a_key_is_made_and_shown_in_a_modal_alone(look):
    rae, _ = sides(look("T0ACME/U0RAE", "T0NW/U0NIA"))
    say(rae, "/rollcall keys")
    rae.get_by_role("button", name="Make a key").click()
    form = rae.get_by_role("dialog", name="Make an API key")
    form.get_by_label("Name", exact=True).fill("warehouse")
    form.get_by_label("Role", exact=True).select_option(label="uploader")
    form.get_by_role("button", name="Make", exact=True).click()
    shown = rae.get_by_role("dialog", name="API key").get_by_text(re.compile("rollcall_"))
    shown.wait_for()

    key = re.search(r"rollcall_[\w-]{43}", shown.inner_text())[0]
    rae.get_by_role("dialog", name="API key").get_by_role("button", name="Close").first.click()
    rae.get_by_role("dialog").wait_for(state="detached")
    say(rae, "/rollcall keys")
    rae.get_by_text("warehouse").last.wait_for()
    assert key not in rae.page.content()
