"""The Big List of Naughty Strings typed as a command, and standing wherever somebody else's text is shown."""

from __future__ import annotations

import functools
import itertools
import json
from dataclasses import replace

import pytest

from rollcall.accounts import Link, Operator, Person
from rollcall.acting import Stranger
from rollcall.grammar import Command, parse, render
from rollcall.tokens import dress, quote
from rollcall.upload_lines import ErrorGroup
from rollcall.views import (
    accounts,
    device_tables,
    devices,
    found,
    hints,
    history,
    home,
    notices,
    upload_errors,
    upload_messages,
    uploads,
)
from rollcall.views.text import code, command_line, date, plain
from rollcall.waiting import Looked, Waiting
from tests.corpora import DATA
from tests.unit.views.sample import AT, NIA, RAE, device, entry, fits, is_dead, line, objects, page, upload

LIST = DATA / "csv" / "blns" / "blns.json"
NAUGHTY = json.loads(LIST.read_text()) if LIST.is_file() else []
pytestmark = pytest.mark.skipif(not NAUGHTY, reason="no conformance data; name its folder in ROLLCALL_CONFORMANCE_DATA")

#: Texts that Slack itself would bring to life.
ALIVE = (
    *("<!channel>", "<!here>", "<!everyone>", "<@U0RAE>", "<#C0ACME>", "<http://evil.example|Acme>", "<!subteam^S1>"),
    *(
        "http://evil.example",
        "*bold*",
        "_it_",
        "~no~",
        "`code`",
        "```fence```",
        "&lt;!channel&gt;",
        ":tada:",
        "> quote",
    ),
    *("\u202etxt.exe", "a\nb", "`" * 7, "<!date^1^{date}|x>", "x" * 4_000, "&" * 4_000, "`*_~<>&" * 500),
)
TEXTS = [*NAUGHTY, *ALIVE]


#: So many texts share a message, each in another place; a list shows each of them in every place.
TOGETHER = 5


def everything(texts):
    """Every message and view, with these texts wherever somebody else may write one."""
    for shift, side in enumerate((RAE, NIA)):
        places = itertools.cycle(texts[shift:] + texts[:shift])
        member = replace(side.acting.member, name=next(places))
        names = {"RSL-ACME": next(places), "CUST-NORTHWIND": next(places), **{text: text for text in texts}}
        reader = replace(side, acting=replace(side.acting, member=member, company=next(places)), names=names)
        yield from shown_to(reader, member, places)
    yield accounts.stranger(Stranger(Person("T", "U"), texts[0], (RAE.acting.member,)), names)
    yield home.operator_home(Operator("T", "U", texts[0]), updated_at=AT, notes=texts)


def shown_to(reader, member, places):
    things, lines, waits = [], [], []
    for _ in range(TOGETHER):
        text = functools.partial(next, places)
        history_of = (entry(by=text(), note=text()), entry(by=f"api:{text()}"))
        named = {name: text() for name in ("model", "order_number", "order_date", "uploaded_by", "uploaded_at")}
        things.append(device(tags=(text(),) * 12, history=history_of, **named))
        lines.append(line(file_name=text(), order_number=text(), uploaded_by=text()))
        waits.append(Waiting(lines[-1].id, text(), 3, text(), text()))
        text()  # sixteen a round and five texts: each text comes to each place
    times = {"started_at": text(), "finished_at": text()}
    whole = upload(file_name=text(), order_number=text(), uploaded_by=text(), reference=text(), **times)
    question = render(Command("devices", "list", texts=(text(),)))[:1_900]
    group = ErrorGroup("IMEI_CHECK_DIGIT", 3, (1,), text())
    yield devices.card(things[0], reader)
    yield devices.listing(page(things), question, reader, title=text())
    yield device_tables.table_listing(page(things), question, reader)
    yield device_tables.plain_listing(page(things), question, reader)
    yield found.found(things, [text() for _ in things], question, reader)
    yield found.not_found([text()], reader)
    yield history.timeline(things[0], reader)
    yield uploads.card(whole, reader, groups=[group])
    yield uploads.listing(page(lines), question, reader)
    yield upload_messages.upload_message(whole, reader, groups=[group], as_of=AT)
    yield upload_messages.board("2026-03-01", lines, len(lines), reader)
    yield upload_messages.resend_comment(whole)
    yield upload_messages.failure_reply(whole)
    yield notices.channel_trouble("C0ACME", text(), text(), "RSL-ACME", same_team=False)
    yield upload_errors.errors(whole, [group], reader)
    yield accounts.customers(page([Link("RSL-ACME", "CUST-NORTHWIND", text())]), question, reader)
    yield accounts.me(reader, [member])
    yield hints.not_there("upload", text(), reader)
    yield hints.expired(question)
    yield hints.timed_out(question, text())
    yield home.reseller_home(lines, Looked(tuple(waits), 40), reader, updated_at=AT)
    yield home.customer_home(Looked(tuple(waits), 40), lines, reader, updated_at=AT)


def test_the_list_is_whole():
    assert len(NAUGHTY) == 515


def some(start):
    return [*TEXTS, *TEXTS[:TOGETHER]][start : start + TOGETHER]


GROUPS = pytest.mark.parametrize(
    "texts", [some(start) for start in range(0, len(TEXTS), TOGETHER)], ids=lambda texts: str(TEXTS.index(texts[0]))
)


@GROUPS
def test_a_text_of_somebody_else_never_comes_alive(texts):
    for shown in everything(texts):
        blocks = fits(shown)["blocks"] if isinstance(shown, dict) else fits(shown).blocks
        assert {part["type"] for part in objects(blocks)} <= {"mrkdwn", "plain_text", "raw_text"}


@GROUPS
def test_each_way_in_takes_the_life_out_of_a_text(texts):
    for text in texts:
        for way in (code, plain, date, lambda text: command_line("/rollcall", dress(text))):
            assert is_dead(way(text))
            assert "\n" not in way(text)


@GROUPS
def test_a_command_of_any_text_is_read_or_gets_a_hint(texts):
    for text in texts:
        forms = ("{}", "devices {}", "devices find {}", "devices list order:{}", "as:{} me")
        as_typed = [form.format(text) for form in forms]
        for typed in [*as_typed, *map(dress, as_typed), f"devices list order:{dress(quote(text))}"]:
            answer = parse(typed)
            if isinstance(answer, Command):
                assert parse(render(answer)) == answer
            else:
                fits(hints.show_hint(answer))
                assert isinstance(parse(answer.example), Command)


@GROUPS
def test_a_quoted_value_arrives_as_it_was_typed(texts):
    for text in texts:
        value = " ".join(text.split())
        if 0 < len(value) <= 200:
            assert parse(dress(f"devices list order:{quote(value)}")).query.order == value
