"""Devices in Slack: found by any identifier, listed, filtered, paged; every click goes where Slack would send it."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest

from local.slack.blockkit import problems
from tests.chain import Chain
from tests.office import buttons, labels, words
from tests.stock import OTHERS, ROLES, imei

RAE, NIA = ROLES["reseller admin"], ROLES["customer approver"]


def shown(message):
    """The identifiers of the devices that a list shows, in its order."""
    return re.findall(r"^\*`(\w+)`\*  [A-Z]", words(message["blocks"]), re.MULTILINE)


def tables(message):
    """The rows of the table of a message, as texts."""
    rows = next(block["rows"] for block in message["blocks"] if block["type"] in ("table", "data_table"))
    return [[words(cell) or str(cell.get("value", "")) for cell in row] for row in rows]


def stored(stock, *names, slot="imei"):
    return [row[slot] for name in names for row in stock.rows(name) if row[slot]]


# -- one device --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P4")
@pytest.mark.feature("P5")
@pytest.mark.parametrize("dressed", ["{}", "find {}", "imei:{}", "  {}  ", "IMEI {}", "{} as:rsl-acme", '"{}"'])
@pytest.mark.parametrize("slot", ["imei", "imei2"])
def test_a_device_with_two_sims_is_found_by_either_imei(office, stock, slot, dressed):
    row = next(row for row in stock.rows("clean") if row["imei2"])

    answer = office.command(RAE, f"/devices {dressed.format(row[slot])}")

    told = words(answer["blocks"])
    assert told.splitlines()[0] == f"Device {row['imei']}"
    assert f"*IMEI*\n`{row['imei']}`" in told
    assert f"*IMEI 2*\n`{row['imei2']}`" in told


@pytest.mark.feature("P4")
@pytest.mark.parametrize(("name", "slot"), [("meids", "meid"), ("serials", "serial")])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_device_is_found_by_its_meid_and_by_its_serial_number(office, stock, name, slot, case):
    value = stock.rows(name)[1][slot]

    told = words(office.command(RAE, f"/devices {case(value)}")["blocks"])

    assert told.splitlines()[0] == f"Device {value}"


@pytest.mark.feature("P4")
@pytest.mark.feature("B12")
def test_an_identifier_may_be_typed_the_way_it_is_written_on_the_box(office, stock):
    value = stock.rows("clean")[0]["imei"]
    spaced = f"{value[:2]} {value[2:8]} {value[8:14]} {value[14:]}"
    for typed in (spaced, spaced.replace(" ", "-"), f"{value[:14]}", f"{value[:14]}01"):
        told = words(office.command(RAE, f"/devices {typed}")["blocks"])
        assert told.splitlines()[0] == f"Device {value}", typed


@pytest.mark.feature("P5")
@pytest.mark.feature("P6")
def test_the_card_says_all_that_is_known_of_a_device_to_each_side_in_its_way(office, stock):
    row, upload = stock.rows("clean")[0], stock.clean.upload_id

    of_reseller = words(office.command(RAE, f"/devices {row['imei']}")["blocks"])
    of_customer = words(office.command(NIA, f"/devices {row['imei']}")["blocks"])

    for told in (of_reseller, of_customer):
        assert "PENDING: Stored; the customer has not decided yet." in told
        assert "*Customer*\nNorthwind Logistics (`CUST-NORTHWIND`)" in told
        assert "*Model*\n`SM-N960N`" in told
        assert "*Order number*\n`PO-1593`" in told
        assert "*Tags*\n`spring` `galaxy`" in told
        assert "*Uploaded at*\n<!date^1772703000^" in told
        assert upload in told
    assert "*Uploaded by*\n`rae@acme.example`" in of_reseller
    # The other company's people are shown by company, never by email.
    assert "*Uploaded by*\nAcme Mobile" in of_customer
    assert "rae@acme.example" not in of_customer


@pytest.mark.feature("P5")
@pytest.mark.feature("P11")
def test_the_card_of_a_device_that_went_to_an_msp_names_the_msp(office, stock):
    told = words(office.command(RAE, f"/devices {stock.rows('meids')[0]['meid']}")["blocks"])
    assert "*Customer*\nContoso Managed Services (`CUST-CONTOSO`)" in told


@pytest.mark.feature("B13")
def test_the_history_of_a_device_opens_from_its_card_and_leads_back(office, stock):
    value = stock.rows("clean")[0]["imei"]
    card = office.command(RAE, f"/devices {value}")

    assert office.click(RAE, card, "devices.history") == ""
    history = office.messages(RAE)[-1]
    told = words(history["blocks"])
    assert f"History of {value}" in told
    assert "*Uploaded* by `rae@acme.example`, then PENDING" in told
    assert history["only_for"] == RAE.user
    assert told == words(office.command(RAE, f"/devices history {value}")["blocks"])

    assert office.click(RAE, history, "devices.open") == ""
    assert words(office.messages(RAE)[-1]["blocks"]) == words(card["blocks"])

    assert office.click(RAE, card, "uploads.open") == ""
    assert f"Upload {stock.clean.upload_id}" in words(office.messages(RAE)[-1]["blocks"])


def test_what_a_button_carries_gives_no_rights(office, stock):
    """A customer who gets hold of a reseller's message, or writes a value of their own, asks as themselves."""
    value = {"id": f"imei#{OTHERS[0]['imei']}"}
    for action, carried in (
        ("devices.open", value),
        ("devices.history", value),
        ("uploads.open", {"id": stock.others.upload_id}),
        ("uploads.errors", {"id": stock.others.upload_id}),
        ("uploads.devices", {"q": f"devices list upload:{stock.others.upload_id}", "c": "", "n": 1}),
        ("customers.open", {"id": "CUST-FABRIKAM"}),
        ("page.next", {"q": f"devices find {OTHERS[0]['imei']}", "c": "x", "n": 6}),
        ("page.dm", {"q": f"devices find {OTHERS[0]['imei']}"}),
        ("accounts.choose.0", {"q": f"devices find {OTHERS[0]['imei']}", "id": "RSL-BOLTWAVE"}),
    ):
        status, _ = click_by_hand(office, RAE, action, json.dumps(carried))
        office.drain()
        told = "\n".join(words(message.get("blocks", [])) for message in office.messages(RAE))
        assert status == 200
        assert "SM-F999B" not in told, action
        assert "Fabrikam" not in told, action
        assert "fab.csv" not in told, action
        assert OTHERS[0]["imei2"] not in told, action
    assert not office.others
    assert not office.gateway.crashes


def click_by_hand(office, person, action_id, value, *, nth=0):
    """A click that no message of ours offers, with a response URL of the workspace's."""
    return office.post_interaction(
        {
            "type": "block_actions",
            "user": {"id": person.user, "team_id": person.team, "username": "x"},
            "team": {"id": person.team, "domain": "x"},
            "channel": {"id": office.dm(person), "name": "directmessage"},
            "container": {"type": "message", "message_ts": "1.2", "is_ephemeral": True},
            "api_app_id": "A0ROLLCALL",
            "trigger_id": "1.2.3",
            "response_url": office.response_url(person),
            "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1"}],
        }
    )


# -- many at once ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B14")
@pytest.mark.parametrize("between", [" ", "\n", ",", ";", "\t", ", "])
def test_a_pasted_list_is_answered_at_once_and_the_unknown_are_listed(office, stock, between):
    known = stored(stock, "clean")[:3]
    unknown = [imei("35693803564370"), OTHERS[0]["imei"], "nothing-at-all"]

    answer = office.command(RAE, f"/devices find {between.join([*known, *unknown])}")

    told = words(answer["blocks"])
    assert told.splitlines()[0] == "3 of 6 devices found"
    assert "3 PENDING" in told
    assert f"*Not known (3):*\n{' '.join(f'`{text}`' for text in unknown)}" in told
    assert shown(answer) == known


@pytest.mark.feature("B14")
def test_both_imeis_of_one_device_are_one_device(office, stock):
    row = next(row for row in stock.rows("clean") if row["imei2"])
    told = words(office.command(RAE, f"/devices {row['imei']} {row['imei2']}")["blocks"])
    assert told.count("*Status*") + len(re.findall(r"^\*`", told, re.MULTILINE)) == 1
    assert "Not known" not in told


@pytest.mark.feature("B14")
def test_more_than_a_handful_come_as_a_table_and_by_dm_as_a_file(office, stock):
    known = stored(stock, "messy")
    unknown = [imei(f"3569380356{number:04}") for number in range(70)]

    answer = office.command(RAE, f"/devices {' '.join([*known, *unknown])}")

    assert words(answer["blocks"]).splitlines()[0] == f"{len(known)} of {len(known) + 70} devices found"
    rows = tables(answer)
    assert [row[0] for row in rows[1:]] == known
    assert "and 10 more" in words(answer["blocks"])
    assert not problems(answer, "message")


def test_five_hundred_are_taken_and_more_are_told_what_to_do(office, stock):
    many = [imei(f"3569380{number:07}") for number in range(501)]
    told = words(office.command(RAE, f"/devices find {' '.join(many[:500])}")["blocks"])
    assert "None of these 500 devices is known to Acme Mobile." in told
    told = words(office.command(RAE, f"/devices find {' '.join(many)}")["blocks"])
    assert "500" in told
    assert "CSV" in told


# -- lists -------------------------------------------------------------------------------------------------------------


def walk(office, person, message, action="page.next"):
    """All pages of a list by its buttons; the message is replaced with each click."""
    pages = [message]
    while any(element["action_id"] == action for _, element in buttons(pages[-1])):
        assert office.click(person, pages[-1], action) == ""
        pages.append(next(found for found in office.messages(person) if found["ts"] == message["ts"]))
        assert not problems(pages[-1], "message")
    return pages


@pytest.mark.feature("P2")
@pytest.mark.parametrize(("sort", "back"), [("sort:-uploaded", 1), ("sort:uploaded", -1)])
def test_a_customers_devices_come_in_the_order_of_their_uploads_to_the_last(office, stock, sort, back):
    # Newest upload first, and in each the order of its file.
    parts = [
        stored(stock, "clean"),
        [row["imei"] for row in stock.rows("many") if row["customer_id"] == "CUST-NORTHWIND"],
        stored(stock, "serials", slot="serial"),
        stored(stock, "messy"),
    ]
    expected = [value for part in parts[::back] for value in part]

    first = office.command(RAE, f"/devices list customer:CUST-NORTHWIND {sort}")
    assert shown(first) == expected[:5]
    assert office.click(RAE, first, "page.table") == ""
    pages = walk(office, RAE, office.messages(RAE)[-1])

    assert [row[0] for page in pages for row in tables(page)[1:]] == expected
    assert [len(tables(page)) for page in pages[:-1]] == [26] * (len(pages) - 1)


@pytest.mark.feature("P2")
def test_a_list_is_paged_to_the_end_and_back_in_the_message_it_began_in(office, stock):
    first = office.command(RAE, f"/devices list upload:{stock.clean.upload_id}")
    pages = walk(office, RAE, first)

    assert [value for page in pages for value in shown(page)] == stored(stock, "clean")
    assert [len(shown(page)) for page in pages] == [5] * 5
    assert "Previous" not in labels(pages[0])
    assert "Next" not in labels(pages[-1])
    assert len(office.messages(RAE)) == 1, "each page replaces the one before"
    assert words(pages[1]["blocks"]).startswith("Devices: 6-10")

    back_again = walk(office, RAE, pages[-1], "page.prev")
    assert [words(page["blocks"]) for page in back_again] == [words(page["blocks"]) for page in reversed(pages)]


@pytest.mark.feature("P3")
def test_filters_combine(office, stock):
    clean, upload = stored(stock, "clean"), stock.clean.upload_id
    for typed, expected in (
        ("order:PO-1593", clean[:1]),
        ("order:po-1593 model:sm-n960n", clean[:1]),
        ("order:PO-1593 model:SM-A505W", []),
        ("model:SM-A505W tag:SPRING order:PO-9477", [clean[3]]),
        ("status:pending order:PO-3806", [clean[1]]),
        ("status:verified order:PO-3806", []),
        (f"upload:{upload} model:SM-A505W tag:galaxy", [clean[1], clean[3]]),
        (f"upload:{upload[:10]} model:SM-N960N", clean[:1]),
        (f"upload:{stock.messy.upload_id} order:PO-1593", []),
        ("customer:CUST-CONTOSO order:PO-1593", []),
        ('customer:"Northwind Logistics" order:PO-1593', clean[:1]),
    ):
        answer = office.command(RAE, f"/devices list {typed}")
        assert shown(answer) == expected, typed
        if not expected:
            assert "No device matches" in words(answer["blocks"])


@pytest.mark.feature("P3")
def test_an_msp_id_names_the_customer_it_stands_for(office, stock):
    answer = office.command(RAE, "/devices list customer:MSP-CONTOSO upload:" + stock.meids.upload_id)
    assert shown(answer) == stored(stock, "meids", slot="meid")[:5]


@pytest.mark.feature("P2")
def test_a_list_can_be_shown_as_a_table_and_goes_on_as_one(office, stock):
    question = f"/devices list upload:{stock.messy.upload_id}"
    first = office.command(RAE, question)

    assert office.click(RAE, first, "page.table") == ""
    table = office.messages(RAE)[-1]
    rows = tables(table)
    assert [row[0] for row in rows[1:]] == stored(stock, "messy")[:25]
    assert "PENDING" in rows[1]

    pages = walk(office, RAE, table)
    assert [row[0] for page in pages for row in tables(page)[1:]] == stored(stock, "messy")
    assert office.click(RAE, pages[-1], "page.prev") == ""
    assert tables(office.messages(RAE)[-1]) == tables(pages[-2])


@pytest.mark.feature("P2")
def test_a_page_can_be_sent_to_ones_own_dm_where_it_stays(office, stock):
    channel = "C0ACME"
    first = office.command(RAE, f"/devices list upload:{stock.messy.upload_id}", channel)
    assert office.click(RAE, first, "page.next") == ""
    second = office.messages(RAE, channel)[-1]

    assert office.click(RAE, second, "page.dm") == ""
    assert "Sent" in office.messages(RAE, channel)[-1]["text"]
    assert office.messages(RAE) == []
    assert office.drain() == [True]

    (kept,) = office.messages(RAE)
    assert "only_for" not in kept
    assert shown(kept) == shown(second) == stored(stock, "messy")[5:10]
    assert words(kept["blocks"]) == words(second["blocks"])
    # Its buttons go on from there, and what they bring is for the clicker alone.
    assert office.click(RAE, kept, "page.next") == ""
    assert shown(office.messages(RAE)[-1]) == stored(stock, "messy")[10:15]


@pytest.mark.feature("P5")
@pytest.mark.parametrize("person", [RAE, NIA])
def test_one_thing_can_be_sent_to_ones_own_dm_too(office, stock, person):
    first = stored(stock, "clean")[0]
    channel = "C0ACME" if person is RAE else "C0NWIT"
    for question in (
        f"/devices {first}",
        f"/devices history {first}",
        f"/uploads {stock.clean.upload_id}",
        "/uploads quality",
        "/rollcall me",
    ):
        answer = office.command(person, question, channel)
        assert labels(answer).count("Send to my DM") == 1, question
        assert office.click(person, answer, "page.dm") == ""
        assert office.drain() == [True]
        kept = office.messages(person)[-1]
        assert "only_for" not in kept
        assert words(kept["blocks"]) == words(answer["blocks"]), question


@pytest.mark.feature("B14")
@pytest.mark.feature("B3")
def test_the_file_in_the_dm_says_what_became_of_each_and_can_be_uploaded_as_it_is(office, stock, open_office):
    asked = [*stored(stock, "clean")[:6], imei("35693803564370")]
    answer = office.command(RAE, f"/devices {' '.join(asked)}")

    assert office.click(RAE, answer, "page.dm") == ""
    assert "CSV file" in office.messages(RAE)[-1]["text"]
    assert office.drain() == [True]

    (kept,) = [message for message in office.messages(RAE) if message.get("files")]
    assert kept["text"] == "6 of 7 devices found; 1 unknown."
    content = office.file("devices.csv")
    assert content.startswith(b"\xef\xbb\xbfimei,imei2,meid,serial,model,")
    lines = content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == asked
    assert ",UNKNOWN," in lines[-1]

    report = Chain(office.cloud).upload("uploads/RSL-ACME/CUST-NORTHWIND/again.csv", content)
    assert report.summary["by_code"] == {"DUPLICATE_SAME_CUSTOMER": 6}
    assert report.summary["stored"] == 1
    columns = report.summary["read_as"]["header_map"]
    assert {columns[name] for name in ("imei", "serial", "model", "tags")} == {"imei", "serial", "model", "tags"}


@pytest.mark.feature("B14")
def test_the_file_of_a_customer_names_nobody_of_the_reseller(office, stock):
    answer = office.command(NIA, f"/devices {' '.join(stored(stock, 'clean')[:2])}")
    assert office.click(NIA, answer, "page.dm") == ""
    assert office.drain() == [True]
    content = office.file("devices.csv").decode("utf-8-sig")
    assert content.count(",Acme Mobile,") == 2
    assert "rae@acme.example" not in content


@pytest.mark.feature("P2")
def test_a_cursor_of_another_list_is_an_old_page_and_no_error(office, stock):
    first = office.command(RAE, f"/devices list upload:{stock.messy.upload_id}")
    value = json.loads(next(element["value"] for _, element in buttons(first) if element["action_id"] == "page.next"))
    for changed in (
        {**value, "q": "devices list"},
        {**value, "q": "uploads list"},
        {**value, "c": "garbage"},
        {**value, "c": value["c"][:-2]},
    ):
        status, _ = click_by_hand(office, RAE, "page.next", json.dumps(changed))
        assert status == 200
        assert "out of date" in words(office.messages(RAE)[-1]["blocks"])
    assert not office.others


def test_empty_lists_say_what_to_do_next(office):
    viv = ROLES["same user id elsewhere"]
    office.cloud.empty("DevicesTable", "UploadsTable")
    for person in (RAE, NIA, viv):
        told = words(office.command(person, "/devices list")["blocks"])
        assert "There are no devices yet." in told
        assert "/rollcall help" in told
        told = words(office.command(person, "/uploads")["blocks"])
        assert "No uploads yet." in told


@pytest.mark.feature("P1")
def test_a_reseller_lists_its_customers_and_opens_one(office, stock):
    answer = office.command(RAE, "/rollcall customers")
    told = words(answer["blocks"])
    assert "Customers: 1-2 of 2" in told
    assert "*Northwind Logistics* · `CUST-NORTHWIND` · your reference `NW-17`" in told
    assert "*Contoso Managed Services* · `CUST-CONTOSO` · through its MSP id" in told
    assert "Fabrikam" not in told

    assert office.click(RAE, answer, "customers.open", nth=1) == ""
    opened = office.messages(RAE)[-1]
    assert shown(opened) == stored(stock, "clean")[:5]
    assert "customer:CUST-NORTHWIND" in words(opened["blocks"])

    of_customer = words(office.command(NIA, "/rollcall customers")["blocks"])
    assert "Only resellers" in of_customer


def test_a_status_sentence_stands_wherever_a_state_is_asked_for(office, stock):
    """P6: a sentence each when asked; the state itself in lists."""
    value = stored(stock, "clean")[0]
    assert "has not decided yet" in words(office.command(RAE, f"/devices {value}")["blocks"])
    assert "has not decided yet" in words(office.command(RAE, f"/devices history {value}")["blocks"])


# -- hints -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/devices lst", "list"),
        ("/devices histroy 490154203237518", "history"),
        ("/rollcall custmers", "customers"),
        ("/rollcall devces list", "devices"),
        ("/uploads eror U-7K3F-9QMC", "errors"),
        ("/devices list stauts:pending", "status"),
        ("/devices list status:pendng", "pending"),
        ("/devices list sort:upload", "uploaded"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_word_and_an_example(office, typed, expected):
    told = words(office.command(RAE, typed)["blocks"])
    assert "Did you mean" in told
    assert expected in told.split("Did you mean")[1].splitlines()[0]
    example = re.search(r"This works: `/rollcall ([^`]+)`", told)[1]
    assert "This works" not in words(office.command(RAE, f"/rollcall {unquote(example)}")["blocks"])


def test_help_prints_the_real_names_where_a_deployment_has_a_suffix(office):
    for typed in ("/rollcall-dev help", "/devices-dev help", "/uploads-dev nonsense here"):
        status, answer = office.post_command(RAE, typed)
        told = words(answer["blocks"])
        assert status == 200
        assert "/rollcall-dev " in told
        assert "`/rollcall " not in told
        assert answer["response_type"] == "ephemeral"
