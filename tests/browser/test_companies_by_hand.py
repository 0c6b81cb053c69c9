"""Companies look after themselves on the page: invited by an operator, set up, their people and settings changed."""

from __future__ import annotations

import re

import pytest

from tests.browser.screens import become, close, code_in, dialog, drop, pick_customer, said, say, sides
from tests.files_of import csv_of, imei

pytestmark = [pytest.mark.browser, pytest.mark.feature("B25")]
PORT = 4940


def test_an_operator_invites_a_reseller_which_sets_up_its_codes(look):
    operator, guest = sides(look("T0OPS/U0OPS", "T0CONTOSO/U0GUEST"))
    say(operator, '/rollcall invite reseller "Fourth Coffee"')
    code = code_in(operator)
    say(guest, f"/rollcall join {code}")
    said(guest, "You are admin of Fourth Coffee (reseller").get_by_role("button", name="Set up").click()
    said(operator, "brought in Fourth Coffee")

    said(guest, "Setup of Fourth Coffee").get_by_role("button", name="Open sold-to codes").click()
    said(guest, "No sold-to codes yet").get_by_role("button", name="Add a code").click()
    form = dialog(guest, "Add a sold-to code")
    form.get_by_label("Alias").fill("main")
    form.get_by_label("Sold-to code").fill("1002009")
    form.get_by_role("button", name="Add", exact=True).click()
    form.wait_for(state="detached")
    close(guest)
    say(guest, "/rollcall setup codes")
    said(guest, "main · 1002009").get_by_role("button", name="Remove main").click()
    guest.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    said(guest, "No sold-to codes yet")


@pytest.mark.feature("P1")
def test_a_reseller_gives_a_customer_a_reference_of_its_own(look):
    rae, nia = sides(look("T0ACME/U0RAE", "T0NW/U0NIA"))
    say(rae, "/rollcall setup references")
    said(rae, "References: ").get_by_role("button", name="Change reference of CUST-NORTHWIND").click()
    form = dialog(rae, "Change a reference")
    form.get_by_label("Your reference").fill("NW-2027")
    form.get_by_role("button", name="Save").click()
    form.wait_for(state="detached")
    close(rae)

    say(rae, "/rollcall customers")
    assert "NW-2027" in said(rae, "Customers: ").inner_text()
    say(nia, "/approvals resellers")
    assert "NW-2027" not in said(nia, "Acme Mobile").inner_text()


@pytest.mark.feature("B26")
def test_a_channel_is_tried_and_its_trouble_is_told_with_the_way_to_mend_it(look, laptop):
    bea, operator = sides(look("T0BOLT/U0BEA", "T0OPS/U0OPS"))
    control = laptop.workspace.control

    def name_general():
        say(bea, "/rollcall setup channel")
        said(bea, "Channel: ").get_by_role("button", name="Change channel").click()
        form = dialog(bea, "Notification channel")
        form.get_by_label(re.compile("^Channel")).select_option(label="#general")
        form.get_by_role("button", name="Save and test").click()
        bea.locator(".modal").get_by_text("A test message is on its way").wait_for()
        close(bea)

    name_general()
    bea.get_by_role("button", name="general").click()
    said(bea, "This works: Rollcall tells Boltwave here")
    general = bea.locator("article").first.evaluate("() => location.hash").split("/")[2].partition("&")[0]

    control.change("archive", {"team": "T0BOLT", "channel": general})
    bea.get_by_role("button", name="Messages").click()
    bucket = laptop.stack.outputs["UploadsBucketName"]
    key = "uploads/RSL-BOLTWAVE/CUST-CONTOSO/march.csv"
    laptop.stack.client("s3").put_object(Bucket=bucket, Key=key, Body=csv_of(imei(501)))
    told = said(bea, "Rollcall cannot post to #general")
    assert "It is archived" in told.inner_text()
    said(bea, "march.csv")  # what could not be said there
    say(operator, "/rollcall operator channels")
    trouble = said(operator, "Cannot be posted to")
    assert "of Boltwave RSL-BOLTWAVE" in trouble.inner_text()
    assert "It is archived" in trouble.inner_text()

    control.change("archive", {"team": "T0BOLT", "channel": general, "archived": False})
    name_general()
    said(bea, "Rollcall can post to #general again")
    say(operator, "/rollcall operator channels")
    said(operator, "Rollcall can speak in every workspace and channel that it tried")


def test_the_last_admin_stays_and_who_is_removed_sends_no_open_form(look, tmp_path):
    bea, ben = sides(look("T0BOLT/U0BEA", "T0BOLT/U0BEN"))
    sheet = tmp_path / "phones.csv"
    sheet.write_bytes(csv_of(imei(601)))
    say(ben, "/uploads new")
    form = dialog(ben, "Upload devices")
    pick_customer(form, "Contoso")
    form.locator("input[type=file]").set_input_files(sheet)
    form.get_by_role("button", name="Remove phones.csv").wait_for()

    say(bea, "/rollcall setup members")
    said(bea, "People: ").get_by_role("button", name="Change Bea").click()
    mine = dialog(bea, "Change a member")
    mine.get_by_label("Role").select_option(index=1)
    mine.get_by_role("button", name="Save").click()
    bea.locator(".modal").get_by_text("no other admin; name one first").wait_for()
    close(bea)
    said(bea, "People: ").get_by_role("button", name="Change Ben").click()
    dialog(bea, "Change a member").get_by_role("button", name="Remove from the company").click()
    bea.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    bea.locator(".modal").get_by_text("is no member any more").wait_for()

    form.get_by_role("button", name="Send").click()
    ben.locator(".modal").get_by_text("Rollcall does not know you yet").wait_for()
    close(ben)
    drop(ben, sheet)
    ben.get_by_role("button", name="Send", exact=True).click()
    said(ben, "Rollcall does not know you yet")


def test_a_person_of_two_companies_acts_for_the_one_they_pick(look):
    """The first is a customer in the workspace they share; the second one has no other person in it."""
    operator, guest = sides(look("T0OPS/U0OPS", "T0FABRIKAM/U0GUEST"))
    say(operator, '/rollcall invite customer "Fifth Coffee"')
    code = code_in(said(operator, "Invitation for Fifth Coffee"))
    say(guest, f"/rollcall join {code}")
    said(guest, "You are admin of Fifth Coffee")
    fin, _ = operator, become(operator, "T0FABRIKAM/U0FIN")
    say(fin, "/rollcall setup members")
    said(fin, "People: ").get_by_role("button", name="Invite a person").click()
    form = dialog(fin, "Invite a person")
    form.get_by_label("Role", exact=True).select_option(index=1)
    form.get_by_label(re.compile("^Person")).select_option(label="Guest")
    form.get_by_role("button", name="Invite", exact=True).click()
    guest.get_by_role("button", name="Join Fabrikam Field Service").click()
    said(guest, "You belong to several companies")

    say(guest, "/uploads list")
    said(guest, "You belong to 2 companies").get_by_role("button", name="Act for CUST-FABRIKAM").click()
    said(guest, "Fabrikam Field Service · customer")
    say(guest, "/uploads list as:CUST-NORTHWIND")
    assert "Northwind" not in said(guest, "You are not a member of CUST-NORTHWIND").inner_text()
