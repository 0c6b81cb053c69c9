"""What people do on the page of the local workspace, for all tests that look at it with the real bot behind it."""

from __future__ import annotations

import base64
import re
from contextlib import contextmanager
from unittest.mock import patch

from local.choices import Choices
from local.laptop import running_laptop
from local.slack import grants
from tests.cloud import ROOT

CODE = re.compile(r"J(?:-[0-9A-Z]{4}){4}")
#: Seconds that the workspace waits for the bot, where Slack waits three: a busy machine is forgiven.
PATIENCE = 30
#: Makes what a browser hands over when files are dragged into it.
_DRAGGED = """(files) => {
  const all = new DataTransfer();
  for (const { name, content } of files) {
    const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
    all.items.add(new File([bytes], name, { type: "text/csv" }));
  }
  return all;
}"""


@contextmanager
def patient_laptop(state, port):
    """The real bot on the real template, and a workspace that waits longer than Slack does."""
    directory = ROOT / "local" / "directory.yaml"
    with (
        patch.object(grants, "TRIGGER_SECONDS", PATIENCE),
        running_laptop(Choices(state=state, port=port, directory=directory)) as running,
    ):
        running.workspace.desk.bot.seconds = PATIENCE
        yield running


def sides(page):
    """The two people's screens."""
    return page.locator("[data-column=left]"), page.locator("[data-column=right]")


def say(side, text):
    """Types something and sends it."""
    side.locator(".composer textarea").fill(text)
    side.locator(".composer textarea").press("Enter")


def become(side, person):
    """Gives the screen to somebody else, such as ``T0ACME/U0RAE``."""
    side.locator("select.person").select_option(person)


def asked(side, text, told, *, times=60):
    """Asks until an answer has a text in it; that answer. What it waits for goes on meanwhile, elsewhere."""
    answers = side.locator("article")
    for _ in range(times):
        before = answers.count()
        say(side, text)
        answers.nth(before).wait_for()
        if told in answers.last.inner_text():
            return answers.last
    raise AssertionError(f"{text} never said: {told}")


def said(side, text):
    """The last message with a text in it, once it is there."""
    message = side.locator("article", has_text=text).last
    message.wait_for()
    return message


def dialog(side, name):
    """A form or an answer on top of somebody's messages."""
    return side.get_by_role("dialog", name=name)


def close(side):
    """Closes all that is open on top of somebody's messages."""
    side.locator(".modal").get_by_role("button", name="Close").first.click()
    side.locator(".modal").wait_for(state="detached")


def code_in(side):
    """The last code that was shown."""
    shown = side.get_by_text(CODE).last
    shown.wait_for()
    return CODE.search(shown.inner_text())[0]


def opened(page, link):
    """Follows a link that opens a tab; the tab."""
    with page.context.expect_page() as coming:
        link.click()
    coming.value.set_default_timeout(20_000)
    return coming.value


def drop(side, *paths):
    """Drags files onto somebody's messages and lets go of them."""
    files = [{"name": path.name, "content": base64.b64encode(path.read_bytes()).decode()} for path in paths]
    dragged = side.page.evaluate_handle(_DRAGGED, files)
    for event in ("dragenter", "dragover", "drop"):
        side.locator(".messages").dispatch_event(event, {"dataTransfer": dragged})
    side.locator(f".composer .chip:not([aria-busy]) >> nth={len(paths) - 1}").wait_for()


def pick_customer(form, name):
    """Types a part of a customer's name and picks it."""
    form.get_by_role("combobox", name="Customer").fill(name)
    form.locator(".options").get_by_text(name).first.click()
