"""Two companies that read German go through everything that can be typed and pressed, and read no English."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from local.slack.faults import SlackError
from rollcall.languages import Language
from rollcall.words import WORDS
from tests.hall import NED, NIA, RAE, VIC, Hall
from tests.office import elements

pytestmark = pytest.mark.feature("B25")

#: Words that every English sentence has one of, and no German one.
_SAID = """
    about after again any are asks back because been before can cannot close company could customer decided decides
    device did does done every file files for found from goes had has have it its less made may more most must needs
    never newest no none nobody nothing now of once only ours out over own people pick please reseller rows rule rules
    send sent shall should show shows since somebody some than that the their them then there these they this those took
    try until uploaded uses waiting waits what when where which who whose why with without you your yours
"""
ENGLISH = frozenset(_SAID.split())
#: What is in no language: code spans, Slack's tokens, commands, names of files, states.
BARE = re.compile(r"`[^`]*`|<[^>]*>|/rollcall\b.*|\b[\w-]+\.(csv|example)\b|:[a-z_]+:|\[[^\]]*\]|\b[a-z]+:\S*")
WORD = re.compile(r"[A-Za-z_']+")
#: Keys of blocks under which something stands that is read.
READ = frozenset({"text", "accessibility_label", "raw_text"})
_PAGES = ("members", "channel", "hours", "language", "codes", "references", "rules", "reminders", "history")
#: What the people of a side type, besides an example of each word.
TYPED = (
    *("frobnicate", "devices frobnicate", "devices list status:mystery", "devices list colour:red", "devices find"),
    *("devices list stray", "devices find 356938035643809", "devices list tag:a tag:b", 'devices list order:"PO'),
    *("uploads U-ZZZZ-ZZZZ", "uploads nonsense", "uploads errors U-ZZZZ-ZZZZ", "approvals accept 356938035643809"),
    *("setup frobnicate", "uploads quality period:decade", "devices tag 490154203237518", "devices refresh"),
    *("uploads link customer:CUST-NOBODY", "invite reseller X", "invite customer", "me", "help", "uploads list"),
    *(f"setup {page}" for page in _PAGES),
)


def english(shown):
    """English words among all that can be read in an answer."""
    found = set()
    for text in readable(shown):
        bare = BARE.sub(" ", text)
        found |= {word for word in WORD.findall(bare) if word in ENGLISH}
    return found


def readable(shown):
    """Every text of a message or a view."""
    if isinstance(shown, dict):
        for key, part in shown.items():
            if key in READ and isinstance(part, str):
                yield part
            elif key not in ("metadata", "value", "blocks_before"):
                yield from readable(part)
    elif isinstance(shown, list):
        for part in shown:
            yield from readable(part)


class Walk:
    """One person, who types and presses everything; what they were shown in English."""

    def __init__(self, hall, person):
        self.hall, self.person, self.office = hall, person, hall.office
        self.pressed, self.caught = set(), {}

    def look(self, shown, way):
        """Looks at what is shown, and presses what was not pressed before."""
        if words := english(
            {key: shown[key] for key in ("text", "blocks", "title", "submit", "close") if key in shown}
        ):
            self.caught[way] = [text for text in readable(shown) if english({"text": text})] or sorted(words)
        for _, element in elements(shown):
            name = element["action_id"]
            if element["type"] != "button" or name in self.pressed or "url" in element:
                continue
            self.pressed.add(name)
            with suppress(SlackError):  # what was pressed before may have replaced it
                self.hall.press(self.person, shown, name)
            self.seen(f"{way} > {name}")

    def seen(self, way):
        """What came of it: a modal, or the newest message."""
        form = self.hall.form(self.person)
        if form:
            self.look(form, way)
            if form.get("submit") and self.hall.form(self.person):
                self.hall.fill(self.person)
                form = self.hall.form(self.person)
                if form:
                    self.look(form, f"{way} > sent")
            self.hall.close(self.person)
            return
        messages = self.office.messages(self.person)
        if messages:
            self.look(messages[-1], way)

    def type(self, text):
        """Types a command: what comes of it is a message, or a form."""
        before = len(self.office.messages(self.person))
        dm = self.office.dm(self.person)
        self.office.slack.desk.command(self.person.team, self.person.user, dm, f"/rollcall {text}")
        for told in self.office.messages(self.person)[before:]:
            self.look(told, text)
        if self.hall.form(self.person):
            self.seen(text)


@pytest.mark.parametrize("person", [RAE, VIC, NED, NIA], ids=lambda person: person.user)
def test_who_chose_german_reads_no_english(office, person):
    hall = Hall(office)
    for admin in (RAE, NED):
        hall.press(admin, hall.message(admin, "setup"), "setup.language")
        hall.fill(admin, language=Language.GERMAN.value)
        hall.close(admin)
    walk = Walk(hall, person)
    for typed in (*(word.example for word in WORDS), *TYPED):
        walk.type(typed)
    before = len(office.messages(person))
    office.open_home(person)
    office.drain()
    walk.look(office.home(person), "home")
    for told in office.messages(person)[before:]:
        walk.look(told, "told")
    assert len(walk.pressed) > 5
    assert walk.caught == {}
