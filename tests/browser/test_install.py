"""A workspace without Rollcall gets it in a browser by the pages of both sides; its first person joins; it goes."""

from __future__ import annotations

import pytest

from tests.browser.screens import code_in, opened, say, sides

pytestmark = [pytest.mark.browser, pytest.mark.feature("B25")]
PORT = 4880


@pytest.fixture
def page(look, complaints):
    """The page with Rae on the left and somebody of a new workspace on the right."""
    complaints.append("410")  # a page that says no has a status that the browser reports
    return look("T0ACME/U0RAE", "T0NEW/U0GUEST")


def test_a_company_installs_joins_and_leaves(page):
    rae, guest = sides(page)
    say(rae, '/rollcall invite customer "Fourth Coffee"')
    code = code_in(rae)
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
    _, guest = sides(page)
    ours = opened(page, guest.get_by_role("link", name="Install Rollcall"))
    ours.get_by_role("link", name="Choose a workspace in Slack").click()
    ours.get_by_role("button", name="Cancel").click()
    ours.get_by_role("heading", name="Rollcall was not installed").wait_for()
    ours.get_by_role("link", name="Begin once more").click()
    ours.get_by_role("link", name="Choose a workspace in Slack").wait_for()
    guest.get_by_text("app not installed").wait_for()
