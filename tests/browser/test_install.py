"""A workspace without Rollcall gets it in a browser by the pages of both sides; its first person joins; it goes."""

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
    with running_laptop(Choices(state=state, port=4880, directory=ROOT / "local" / "directory.yaml")) as running:
        yield running


@pytest.fixture
def page(browser, laptop):
    """The page with Rae on the left and somebody of a new workspace on the right; no page may report an error."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    errors = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{laptop.workspace.url}/#left=T0ACME/U0RAE&right=T0NEW/U0GUEST")
    page.wait_for_selector("body.ready")
    yield page
    context.close()
    # A page that says no has a status that the browser reports.
    assert [error for error in errors if "the server responded with a status of 410" not in error] == []


def say(side, text):
    side.locator(".composer textarea").fill(text)
    side.locator(".composer textarea").press("Enter")


def opened(page, link):
    with page.context.expect_page() as coming:
        link.click()
    coming.value.set_default_timeout(20_000)
    return coming.value


def test_a_company_installs_joins_and_leaves(page):
    rae, guest = page.locator("[data-column=left]"), page.locator("[data-column=right]")
    say(rae, '/rollcall invite customer "Fourth Coffee"')
    shown = rae.get_by_text(CODE).last
    shown.wait_for()
    code = CODE.search(shown.inner_text())[0]
    guest.get_by_text("app not installed").wait_for()

    ours = opened(page, guest.get_by_role("link", name="Install Rollcall"))
    ours.get_by_role("link", name="Choose a workspace in Slack").click()
    ours.get_by_role("button", name="Allow").click()
    ours.get_by_role("heading", name="Rollcall is installed").wait_for()
    ours.get_by_text("/rollcall join <code>").wait_for()
    ours.reload()
    ours.get_by_role("heading", name="This install was finished before").wait_for()

    say(guest, f"/rollcall join {code}")
    guest.get_by_text("You are admin of").wait_for()

    page.once("dialog", lambda dialog: dialog.accept())
    guest.get_by_role("button", name="Remove app").click()
    guest.get_by_text("app not installed").wait_for()
    say(guest, "/rollcall me")
    guest.get_by_text("is not a valid command").wait_for()


def test_who_cancels_is_told_and_may_begin_once_more(page):
    guest = page.locator("[data-column=right]")
    ours = opened(page, guest.get_by_role("link", name="Install Rollcall"))
    ours.get_by_role("link", name="Choose a workspace in Slack").click()
    ours.get_by_role("button", name="Cancel").click()
    ours.get_by_role("heading", name="Rollcall was not installed").wait_for()
    ours.get_by_role("link", name="Begin once more").click()
    ours.get_by_role("link", name="Choose a workspace in Slack").wait_for()
    guest.get_by_text("app not installed").wait_for()
