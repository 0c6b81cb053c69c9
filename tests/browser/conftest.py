"""A browser for the tests of the pages; the workspace with a small bot that they look at, and the one with the real."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.browser.screens import patient_laptop
from tests.unit.slack_bot import running

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    if CHROMIUM is None:
        pytest.skip("needs Chromium, such as Debian's package chromium")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def slack(tmp_path_factory):
    with running(tmp_path_factory.mktemp("slack")) as (workspace, bot):
        yield workspace, bot


@pytest.fixture
def workspace(slack):
    slack[0].control.change("clear", {})
    slack[1].seen.clear()
    return slack[0]


@pytest.fixture
def bot(slack, workspace):
    return slack[1]


@pytest.fixture
def visit(browser, workspace):
    """Return a function that opens the page; it fails the test if the page reports an error."""
    contexts = []
    errors = []

    def open_page(address="", width=1400, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(f"{workspace.url}/{address}")
        page.wait_for_selector("body.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="module")
def laptop(request, tmp_path_factory):
    """The workspace with the real bot, for the tests of a module, which names its PORT."""
    with patient_laptop(tmp_path_factory.mktemp("laptop"), request.module.PORT) as running:
        yield running


@pytest.fixture
def complaints():
    """What pages may report: patterns that a test adds to, such as for an address that says no."""
    return []


def complaint(line):
    """What a page reports, and of what address."""
    return f"{line.text} {line.location.get('url', '')}"


@pytest.fixture
def look(browser, laptop, complaints):
    """Return a function that opens the page with two people side by side; no page may report an error."""
    contexts, errors = [], []

    def open_page(left, right, width=1400, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda line: errors.append(complaint(line)) if line.type == "error" else None)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{laptop.workspace.url}/#left={left}&right={right}")
        page.wait_for_selector("body.ready")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [error for error in errors if not any(re.search(one, error) for one in complaints)] == []
