"""Form, question about dropped files, link, import, export: within what Slack takes, and nobody's text alive."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Link, Registration, Reseller, SoldToCode
from rollcall.incoming import SlackFile
from rollcall.languages import Language
from rollcall.layout import MANY
from rollcall.look_ups import Tally
from rollcall.upload_tickets import Ticket
from rollcall.uploads import UploadStatus
from rollcall.views import (
    exports,
    list_drops,
    look_ups,
    upload_drops,
    upload_forms,
    upload_imports,
    upload_links,
    uploads,
)
from rollcall.wishes import Wish
from tests.unit.views.sample import AT, NIA, RAE, actions, elements, fits, said, upload

CODES = tuple(SoldToCode(f"alias {number} {'x' * 90}", f"{number}") for number in range(120))
PLAIN = Reseller("RSL-ACME", "Acme Mobile", sold_to_codes=(SoldToCode("main", "1002003"),))
CODED = Reseller("RSL-ACME", "Acme Mobile", sold_to_codes=CODES)
LINKS = {
    "CUST-NORTHWIND": Link("RSL-ACME", "CUST-NORTHWIND", "NW-17"),
    "CUST-GONE": Link("RSL-ACME", "CUST-GONE", registered=Registration.BLOCKED),
}
WILD = "<!channel> *b* _i_ ~s~ `c` &lt; \u202e\n" + "x" * 300


def modal_fits(view):
    assert problems(view, "modal") == []
    assert len(json.dumps(view)) < 250_000
    return view


def block(view, name):
    (found,) = [one for one in view["blocks"] if one.get("block_id") == name]
    return found


@pytest.mark.parametrize("reseller", [PLAIN, CODED])
@pytest.mark.parametrize("last", [Wish(), Wish("CUST-NORTHWIND", CODES[1].alias), Wish(MANY, "x"), Wish("CUST-GONE")])
@pytest.mark.parametrize("problem", ["", WILD])
def test_the_form_is_one_that_slack_takes(reseller, last, problem):
    view = modal_fits(upload_forms.upload_form(RAE, reseller, LINKS, last, problem=problem))

    assert view["callback_id"] == "uploads.new"
    assert [one["block_id"] for one in view["blocks"] if one["type"] == "input"] == [
        "customer",
        *(["stc"] if reseller is CODED else []),
        *("files", "order_number", "order_date", "check"),
    ]
    assert block(view, "customer")["element"]["min_query_length"] == 0


def test_only_what_can_be_picked_now_is_picked_at_first():
    def first(last, reseller=PLAIN):
        view = upload_forms.upload_form(RAE, reseller, LINKS, last)
        return block(view, "customer")["element"].get("initial_option", {}).get("value")

    assert first(Wish("CUST-NORTHWIND")) == "CUST-NORTHWIND"
    assert first(Wish(MANY)) == MANY
    assert first(Wish("CUST-GONE")) is None
    assert first(Wish("CUST-NEVER")) is None


def test_a_file_for_many_customers_begins_without_a_code():
    two = replace(CODED, sold_to_codes=(SoldToCode("north", "1"), SoldToCode("south", "2")))
    one = block(upload_forms.upload_form(RAE, two, LINKS, Wish("CUST-NORTHWIND", "south")), "stc")["element"]
    many = block(upload_forms.upload_form(RAE, two, LINKS, Wish(MANY, "south")), "stc")["element"]

    assert one["initial_option"]["value"] == "south"
    assert "initial_option" not in many


def test_a_hundred_customers_are_suggested_and_no_more():
    links = {f"CUST-{number}": Link("RSL-ACME", f"CUST-{number}", WILD) for number in range(300)}
    reader = replace(RAE, names=dict.fromkeys(links, WILD))
    options = upload_forms.customer_options("", links, reader)

    assert len(options) == 100
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "x"},
        "submit": {"type": "plain_text", "text": "x"},
        "blocks": [
            {
                "type": "input",
                "label": {"type": "plain_text", "text": "x"},
                "element": {"type": "static_select", "action_id": "x", "options": options},
            }
        ],
    }
    modal_fits(view)


def test_what_was_sent_is_named_with_its_ids():
    waiting = upload(UploadStatus.AWAITING_FILE, stored=0, refused=0, file_name=WILD, order_number=WILD)
    many = replace(waiting, many=True, customer=None, check_only=True)

    assert waiting.id in said(fits(upload_forms.sent([waiting] * 10, RAE)))
    assert "nothing will be stored" in said(fits(upload_forms.sent([many], RAE)))
    modal_fits(upload_forms.sent_modal([waiting], RAE))
    fits(upload_forms.invitation(RAE))


def question(files, refused=(), reseller=PLAIN):
    return upload_drops.question("R-1", files, refused, RAE, (reseller, LINKS, Wish("CUST-NORTHWIND", CODES[3].alias)))


@pytest.mark.parametrize("reseller", [PLAIN, CODED])
def test_the_question_about_files(reseller):
    files = [SlackFile(f"F{number}", WILD, 10**number) for number in range(10)]
    message = fits(question(files, [(SlackFile("F", WILD), "is not a CSV file")] * 20, reseller))

    assert {"uploads.dropped.import", "uploads.dropped.check", "uploads.customer"} <= set(actions(message))


def test_files_of_which_none_can_be_taken():
    whys = upload_drops.whys_of([(SlackFile("F", WILD), "is a workbook")])
    for reader in (RAE, NIA, None):
        message = fits(upload_drops.refusal(whys, reader))

        assert actions(message) == []
        assert "is a workbook" in said(message)
        assert ("uploads new" in said(message)) is (reader == RAE), "customers do not upload"


@pytest.mark.feature("B14", "P26")
@pytest.mark.parametrize("reader", [RAE, NIA])
@pytest.mark.parametrize("decides", [True, False])
def test_the_question_about_lists(reader, decides):
    files = [SlackFile(f"F{number}", WILD, 10**number) for number in range(10)]
    refused = [(SlackFile("F", WILD), "is not a CSV file")] * 20
    asked = fits(list_drops.question("R-1", files, refused, reader, decides=decides))

    assert actions(asked) == ["uploads.dropped.look_up", *(["uploads.dropped.accept"] if decides else [])]
    assert ("may not upload" in said(asked)) is reader.is_reseller
    members = [RAE.acting.member, NIA.acting.member]
    whose = fits(list_drops.whose("R-1", files, members, {}))
    assert actions(whose) == ["uploads.dropped.account.0", "uploads.dropped.account.1"]
    fits(list_drops.accepting(files, reader))
    fits(list_drops.gone(reader))


@pytest.mark.feature("B14")
@pytest.mark.parametrize("reader", [RAE, NIA, replace(NIA, language=Language.GERMAN)])
def test_what_is_said_of_a_look_up(reader):
    tally = Tally(rows=2_040, by_status={"PENDING": 2_000, "VERIFIED": 1}, unknown=30, unreadable=9)
    shown = look_ups.summary("list.csv", tally, reader.say)

    assert "2,000 PENDING" in shown or "2.000 PENDING" in shown
    assert "UNKNOWN" in look_ups.comment("list.csv", tally, reader.say)
    assert "UNKNOWN" not in look_ups.comment("list.csv", Tally(1, {"PENDING": 1}), reader.say)
    fits(look_ups.progress(WILD, 1_000, 2_040, reader))
    fits(look_ups.finished(WILD, tally, reader))
    fits(look_ups.not_read(WILD, WILD, reader))
    assert "`list.csv`" in look_ups.under_way(("list.csv",), reader)


def test_answers_below_the_question():
    fits(upload_drops.gone(RAE))
    assert upload_drops.pick_first(["One.", "Two."]) == "One. Two."


@pytest.mark.parametrize("customer", ["CUST-NORTHWIND", None])
@pytest.mark.parametrize("check_only", [False, True])
def test_a_link_is_a_button(customer, check_only):
    url = f"https://example.com/u/{'A_-' * 14}"
    ticket = Ticket("U-7K3F-9QMC-2V5R-8TXA", "RSL-ACME", RAE.acting.member.person, Wish(check_only=check_only), 0)
    message = fits(upload_links.link(url, ticket, customer, AT, RAE))

    assert [element["url"] for element in elements(message)] == [url]
    assert url in message.text


def test_no_link_without_a_customer():
    many = {f"CUST-{number}": Link("RSL-ACME", f"CUST-{number}") for number in range(9)}

    assert "4 others" in said(fits(upload_links.customer_missing(many, RAE)))
    assert "CUST-NORTHWIND" in said(fits(upload_links.customer_missing(LINKS, RAE)))
    fits(upload_links.customer_missing({}, RAE))
    fits(upload_links.refused([WILD, "No."], RAE))


@pytest.mark.feature("B5")
def test_a_finished_check_offers_its_import():
    check = upload(check_only=True, stored=117, refused=3)

    assert actions(fits(uploads.card(check, RAE)))[0] == "uploads.import"
    for other in (
        upload(stored=117),
        upload(UploadStatus.ERROR, check_only=True, stored=0, refused=120),
        upload(UploadStatus.IN_PROGRESS, check_only=True, stored=0, refused=0),
    ):
        assert "uploads.import" not in actions(uploads.card(other, RAE))


@pytest.mark.feature("B5")
@pytest.mark.parametrize(
    ("stored", "sentence"),
    [(10, "nothing changed since"), (8, "*2* of these are refused now"), (9, "*1* of these is"), (12, "2 more can be")],
)
def test_an_import_says_what_changed_since_its_check(stored, sentence):
    done = upload(stored=stored, refused=3, checked="U-0000-0000-0000-0001", checked_stored=10)

    assert sentence in said(fits(uploads.card(done, RAE)))
    assert upload_imports.since_check(upload(stored=stored)) == ""
    assert upload_imports.since_check(replace(done, status=UploadStatus.IN_PROGRESS)) == ""


def test_answers_to_an_import():
    check = upload(check_only=True, file_name=WILD)
    for message in (
        upload_imports.importing(check, [upload()], RAE),
        upload_imports.importing(check, [], RAE),
        upload_imports.nothing_to_import(upload(), RAE),
        upload_imports.nothing_to_import(replace(check, status=UploadStatus.IN_PROGRESS), RAE),
        upload_imports.nothing_to_import(check, RAE),
        upload_imports.customer_gone(check, RAE),
    ):
        fits(message)


@pytest.mark.feature("P14")
def test_answers_to_an_export():
    url = f"https://b.s3.eu-central-1.amazonaws.com/exports/x?X-Amz-Signature={'a_b' * 300}"
    message = fits(exports.large(url, name="devices.csv", counted="1,000,000 devices", until=AT, reader=RAE))

    assert [element["url"] for element in elements(message)] == [url]
    fits(exports.under_way("devices export order:&lt;x&gt;", RAE))
    assert exports.comment(1, "device") == "1 device. The file can be sent to Rollcall again."


def test_an_upload_whose_file_has_not_come():
    waiting = upload(UploadStatus.AWAITING_FILE, stored=0, refused=0, finished_at="")

    assert "Waiting for its file" in said(fits(uploads.card(waiting, RAE)))
