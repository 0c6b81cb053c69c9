"""The grammar of the commands: what it reads, what it says where it cannot, and that it can be read back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rollcall.grammar import Command, Hint, parse, render
from rollcall.queries import DeviceQuery
from rollcall.transitions import Status
from rollcall.word import Takes, Word
from rollcall.words import WORDS

IMEI = "490154203237518"
OTHER = "356938035643809"


def find(*ids, **more):
    return Command("devices", "find", ids, **more)


def listing(**query):
    return Command("devices", "list", query=DeviceQuery(**query))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        pytest.param("", Command("", "help"), id="nothing"),
        pytest.param("  \n ", Command("", "help"), id="blank"),
        pytest.param("HELP", Command("", "help"), id="any case"),
        pytest.param("help uploads", Command("uploads", "help"), id="help about an area"),
        pytest.param("help me please", Command("", "help"), id="help and more words"),
        pytest.param("me", Command("", "me"), id="me"),
        pytest.param("Customers", Command("", "customers"), id="customers"),
        pytest.param("devices", Command("devices", "help"), id="devices alone"),
        pytest.param("uploads", Command("uploads", "list"), id="uploads alone"),
        pytest.param(
            "upload list customer:cust-northwind",
            Command("uploads", "list", options={"customer": "CUST-NORTHWIND"}),
            id="uploads of a customer",
        ),
        pytest.param(
            "uploads customer:CUST-NORTHWIND",
            Command("uploads", "list", options={"customer": "CUST-NORTHWIND"}),
            id="list left out",
        ),
        pytest.param("uploads u7k3f9qmc", Command("uploads", "open", ("U-7K3F-9QMC",)), id="upload in any spelling"),
        pytest.param("U-7K3F-9Q", Command("uploads", "open", ("U-7K3F-9Q",)), id="upload without an area"),
        pytest.param("uploads Errors U-7K3F-9Q", Command("uploads", "errors", ("U-7K3F-9Q",)), id="errors"),
        pytest.param(IMEI, find(IMEI), id="bare identifier without an area"),
        pytest.param(f"devices {IMEI}", find(IMEI), id="bare identifier"),
        pytest.param(f"device Find {IMEI}", find(IMEI), id="find"),
        pytest.param(f"devices {IMEI[:-1]}9", find(f"{IMEI[:-1]}9"), id="wrong check digit is a find, too"),
        pytest.param("devices 3.5693803564E+14", find("3.5693803564E+14"), id="what a spreadsheet made of one"),
        pytest.param("devices 35 693803 564380 9", find(OTHER), id="one IMEI in parts"),
        pytest.param("35-693803-564380-9", find("35-693803-564380-9"), id="with dashes"),
        pytest.param("devices r58m12abcde", find("r58m12abcde"), id="serial number"),
        pytest.param(f"devices find {IMEI},{OTHER};x\n{IMEI} y", find(IMEI, OTHER, "x", "y"), id="pasted list"),
        pytest.param(f"devices IMEI\n{IMEI}\n{OTHER}\n", find(IMEI, OTHER), id="pasted column with its heading"),
        pytest.param(f"IMEI: {IMEI}", find(IMEI), id="with a label"),
        pytest.param(f"devices find imei1:{IMEI} S/N: R58M12ABCDE", find(IMEI, "R58M12ABCDE"), id="with labels"),
        pytest.param(f"devices <tel:+{IMEI}|{IMEI}>", find(IMEI), id="dressed as a telephone number"),
        pytest.param(f"devices find <tel:{IMEI}>", find(IMEI), id="dressed, without a label"),
        pytest.param(
            "devices find <@U1|rae> <#C1|it> <mailto:a@b.example|a@b.example> <http://b.example|b.example>",
            find("@rae", "#it", "a@b.example", "b.example"),
            id="other dressings",
        ),
        pytest.param("devices find <!here> <!subteam^S1> <@U1>", find("@here", "@subteam", "@U1"), id="broadcasts"),
        pytest.param(f"devices history {IMEI}", Command("devices", "history", (IMEI,)), id="history"),
        pytest.param("devices list", listing(), id="list"),
        pytest.param(
            "DEVICES LIST STATUS:Pending Order:17 Model:SM-S921B TAG:stock upload:u7k3f9q sort:uploaded",
            listing(
                status=Status.PENDING,
                order="17",
                model="SM-S921B",
                tag="stock",
                upload="U-7K3F-9Q",
                newest_first=False,
            ),
            id="all filters in any case",
        ),
        pytest.param("devices status:verified", listing(status=Status.VERIFIED), id="a filter alone"),
        pytest.param("devices list status: mpts-error", listing(status=Status.MPTS_ERROR), id="blank behind the colon"),
        pytest.param("devices list status:approved", listing(status=Status.VERIFIED), id="another name of a state"),
        pytest.param("devices list sort:-uploaded", listing(), id="newest first"),
        pytest.param("devices list sort:–uploaded", listing(), id="a dash for a minus"),  # noqa: RUF001 - it is meant
        pytest.param('devices list order:"PO 17"', listing(order="PO 17"), id="quoted"),
        pytest.param("devices list order:“PO  17”", listing(order="PO 17"), id="smart quotes"),
        pytest.param("devices list order:„PO 17“", listing(order="PO 17"), id="low quotes"),
        pytest.param("devices list order:« PO 17 »", listing(order="PO 17"), id="guillemets"),
        pytest.param(
            'devices list order:"PO 17"status:pending', listing(order="PO 17", status=Status.PENDING), id="glued"
        ),
        pytest.param('devices list model:"Tab 5"" X"', listing(model='Tab 5" X'), id="doubled quote"),
        pytest.param('devices list model:5"', listing(model='5"'), id="inch"),
        pytest.param("devices list order：17", listing(order="17"), id="full-width colon"),  # noqa: RUF001 - likewise
        pytest.param("devices list order:A&amp;B&lt;1&gt;", listing(order="A&B<1>"), id="escaped"),
        pytest.param("devices list order:a&amp;lt;b", listing(order="a&lt;b"), id="escaped once only"),
        pytest.param('devices list customer:"Northwind Logistics"', listing(customer="Northwind Logistics"), id="name"),
        pytest.param("devices list order_number:17, tags:x,y", listing(order="17", tag="x,y"), id="column names"),
        pytest.param("devices list tag:a tag:a", listing(tag="a"), id="the same twice"),
        pytest.param(f"as:rsl-acme {IMEI}", find(IMEI, as_account="RSL-ACME"), id="as in front"),
        pytest.param(f"devices as:RSL-ACME find {IMEI}", find(IMEI, as_account="RSL-ACME"), id="as in between"),
        pytest.param('me AS:"Acme Mobile"', Command("", "me", as_account="Acme Mobile"), id="as by name"),
    ],
)
def test_is_read(text, command):
    assert parse(text) == command
    assert parse(render(command)) == command


@pytest.mark.parametrize(
    ("text", "says", "nearest", "example"),
    [
        pytest.param("custmers", "custmers", "customers", "customers", id="word"),
        pytest.param("devces 1", "devces", "devices", "devices help", id="area"),
        pytest.param("devices lst", "lst", "list", "devices list status:pending sort:-uploaded", id="word of an area"),
        pytest.param("devices hello", "hello", "help", "devices help", id="a greeting"),
        pytest.param("find 1", "devices", "devices find", "devices find 490154203237518", id="word of another area"),
        pytest.param("devices list stat:x", "stat:", "status:", "devices list status:pending", id="key"),
        pytest.param("devices history x:1", "no x:", "", "devices history 490154203237518", id="no keys"),
        pytest.param("devices list status:pendng", "pendng", "pending", "devices list status:pending", id="status"),
        pytest.param(
            "devices list pendng", "pendng", "status:pending", "devices list status:pending", id="bare status"
        ),
        pytest.param("devices list sort:upladed", "upladed", "uploaded", "devices list sort:uploaded", id="sort"),
        pytest.param("devices list upload:x", "U-", "", "devices list status:pending sort:-uploaded", id="upload key"),
        pytest.param("devices list order:", "order:", "", 'devices list order:"PO 17"', id="no value"),
        pytest.param('devices list order:""', "order:", "", 'devices list order:"PO 17"', id="empty value"),
        pytest.param(
            "devices list order: status:pending", "order:", "", 'devices list order:"PO 17"', id="key for value"
        ),
        pytest.param("me as:", "as:", "", "help as:RSL-ACME", id="no account"),
        pytest.param("me as:RSL-ACME as:RSL-B", "twice", "", "help as:RSL-ACME", id="two accounts"),
        pytest.param("devices list tag:a tag:b", "twice", "", "devices list tag:stock", id="two values"),
        pytest.param(
            "devices list order:PO 17", "quotation", 'order:"PO 17"', 'devices list order:"PO 17"', id="blank"
        ),
        pytest.param('devices list order:"PO 17', "not closed", "", 'devices list order:"PO 17"', id="open quote"),
        pytest.param("devices find", "IMEI", "", "devices find 490154203237518", id="empty find"),
        pytest.param("devices find ,; imei:", "IMEI", "", "devices find 490154203237518", id="find of nothing"),
        pytest.param(f"devices history {IMEI} {OTHER}", "one device", "", "devices history 490154203237518", id="two"),
        pytest.param("uploads errors", "six characters", "", "uploads errors U-7K3F-9QMC", id="no upload"),
        pytest.param("uploads errors U-7", '"U-7"', "", "uploads errors U-7K3F-9QMC", id="short upload"),
        pytest.param("me too", "too", "", "me", id="more than a word takes"),
        pytest.param(
            "devices xyzxyz", "xyzxyz", "export", "devices export status:pending", id="hardly near, in an area"
        ),
        pytest.param("devices hist", "hist", "history", f"devices history {IMEI}", id="beginning of a word"),
        pytest.param("hist", "hist", "devices history", f"devices history {IMEI}", id="beginning of a word elsewhere"),
        pytest.param("frobnicate", "frobnicate", "invite", 'invite customer "Northwind Logistics"', id="hardly near"),
        pytest.param("uploads 漢字", "漢字", "list", "uploads list customer:CUST-NORTHWIND", id="nothing in common"),
        pytest.param("setup a b c d", "takes 3 words", "", "setup members", id="more words than a word takes"),
        pytest.param("join 1 2 3 4 5 6 7", "6 words", "", "join J-7K3F-9QMC-2V5R-8TXA", id="too many words"),
        pytest.param(
            "customer:X",
            "customer:",
            "devices list",
            "devices list customer:CUST-NORTHWIND",
            id="filter without an area",
        ),
        pytest.param("colour:X", "colour", "customers", "customers", id="key without an area"),
    ],
)
def test_gets_a_hint(text, says, nearest, example):
    hint = parse(text)

    assert isinstance(hint, Hint)
    assert says in hint.problem
    assert (nearest, example) == (hint.nearest, hint.example)
    assert isinstance(parse(hint.example), Command)


def test_a_long_list_belongs_into_a_file():
    assert len(parse("devices find " + " ".join(map(str, range(500)))).ids) == 500

    assert "CSV" in parse("devices find " + " ".join(map(str, range(501)))).problem
    assert "CSV" in parse("devices find " + "1 " * 30_000).problem


@pytest.mark.parametrize("text", ["devices find {}", "devices list order:{}", "me as:{}", 'devices list model:"{}"'])
def test_a_value_has_200_characters_at_the_most(text):
    assert isinstance(parse(text.format("x" * 200)), Command)
    assert "200" in parse(text.format("x" * 201)).problem


def test_a_hint_repeats_little_of_a_long_text():
    assert len(parse("devices " + "x" * 5_000).problem) < 120


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        (f"approvals reject {IMEI} reason:not ordered", 'reason:"not ordered"'),
        (f"approvals reject {IMEI} reason: not ordered by us", 'reason:"not ordered by us"'),
        # Words of eight letters have the form of a serial number, and so have order numbers.
        (f"approvals reject {IMEI} reason:not delivered", 'reason:"not delivered"'),
        (f"approvals reject {IMEI} reason:order PO-20260301", 'reason:"order PO-20260301"'),
        (f"approvals reject reason:not ordered {IMEI}", 'reason:"not ordered"'),
        (f"approvals reject reason:stolen {IMEI} please", 'reason:"stolen please"'),
        (f"approvals reject reason:stolen imei:{IMEI} please", 'reason:"stolen please"'),
        (f"approvals reject {IMEI} reason:not ordered as:CUST-NORTHWIND", 'reason:"not ordered"'),
        (f"approvals accept {IMEI} approval:PO 20260301", 'approval:"PO 20260301"'),
        (f"devices tag {IMEI} +new stock", '"+new stock"'),
        (f"devices tag {IMEI} -old stock +x", '"-old stock"'),
    ],
)
def test_half_a_value_is_not_taken_for_the_whole(text, nearest):
    answer = parse(text)

    assert isinstance(answer, Hint)
    assert answer.nearest == nearest
    assert "quotation marks" in answer.problem
    assert isinstance(parse(answer.example), Command)


@pytest.mark.parametrize(
    ("text", "ids", "options", "texts"),
    [
        (f"approvals reject reason:stolen {IMEI} {OTHER}", (IMEI, OTHER), {"reason": "stolen"}, ()),
        (
            f'approvals reject reason:"not ordered" R58M12ABCDE {IMEI}',
            ("R58M12ABCDE", IMEI),
            {"reason": "not ordered"},
            (),
        ),
        ("approvals accept approval:4711 A0000012345678", ("A0000012345678",), {"approval": "4711"}, ()),
        (f"devices tag +stock R58M12ABCDE {IMEI} -old", ("R58M12ABCDE", IMEI), {}, ("+stock", "-old")),
        (f'devices tag "+new stock" {IMEI}', (IMEI,), {}, ("+new stock",)),
    ],
)
def test_devices_may_stand_behind_a_value(text, ids, options, texts):
    answer = parse(text)

    assert isinstance(answer, Command)
    assert (answer.ids, dict(answer.options), answer.texts) == (ids, options, texts)


sentences = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäßé!?", min_size=1, max_size=12).filter(
        lambda word: not word.startswith("imei")
    ),
    min_size=2,
    max_size=6,
)


@given(sentences, st.sampled_from(["reason", "approval"]), st.sampled_from(["", " "]), st.booleans())
def test_a_sentence_without_quotation_marks_decides_nothing(sentence, key, blank, first):
    word = "reject" if key == "reason" else "accept"
    text = f"{key}:{blank}{' '.join(sentence)}"
    parts = [text, IMEI] if first else [IMEI, text]

    answer = parse(f"approvals {word} {' '.join(parts)}")
    quoted = parse(f'approvals {word} {IMEI} {key}:"{" ".join(sentence)}"')

    assert isinstance(answer, Hint)
    assert isinstance(quoted, Command)
    assert quoted.options == {key: " ".join(sentence)}
    assert quoted.ids == (IMEI,)


# -- what is copied out of a message ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "`devices list status:pending`",
        "```devices list status:pending```",
        "```\ndevices list status:pending\n```",
        "*devices list* status:pending",
        "_*devices list status:pending*_",
        "*devices* _list_ ~status:pending~",
        "devices list *status:* pending",
        "devices list status:`pending`",
        "• devices list status:pending",
        "&gt; devices list status:pending",
        "&gt; • `devices list status:pending`",
        "devices list status:“pending”",
    ],
)
def test_slacks_marks_are_no_part_of_a_command(text):
    assert parse(text) == listing(status=Status.PENDING)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("devices list model:SM_S921_B", listing(model="SM_S921_B")),
        ("devices list order:PO*", listing(order="PO*")),
        ('devices list order:"*17*"', listing(order="*17*")),
        ('*devices list order:"_a_ *b*"*', listing(order="_a_ *b*")),
        ("devices list tag:a~b", listing(tag="a~b")),
        ("devices list order:*17 tag:x", listing(order="*17", tag="x")),
    ],
)
def test_marks_that_set_nothing_off_stay(text, command):
    assert parse(text) == command
    assert parse(render(command)) == command


TAG = Word("devices", "tag", "", "", "", Takes.DEVICES, least=1, most=500, signed=True)
REJECT = Word("approvals", "reject", "", "", "", Takes.DEVICES, least=1, most=500, options=("reason",))
INVITE = Word("", "invite", "", "", "", Takes.TEXTS, least=2, most=2)
LARGER = (*WORDS, TAG, REJECT, INVITE)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (
            f'devices tag {IMEI} +x -old +"two words"',
            Command("devices", "tag", (IMEI,), texts=("+x", "-old", "+two words")),
        ),
        (
            f"approval reject {IMEI} reason:“no order”",
            Command("approvals", "reject", (IMEI,), options={"reason": "no order"}),
        ),
        ('invite reseller "Acme Mobile"', Command("", "invite", texts=("reseller", "Acme Mobile"))),
    ],
)
def test_a_new_word_is_one_more_row(text, command):
    assert parse(text, LARGER) == command
    assert parse(render(command), LARGER) == command


def test_without_its_row_the_word_is_unknown():
    smaller = tuple(word for word in WORDS if (word.area, word.name) != ("devices", "tag"))
    assert isinstance(parse(f"devices tag {IMEI} +x", smaller), Hint)


#: Texts as a command holds them: one line, no white space at the ends, never empty.
values = st.text(min_size=1, max_size=200).map(lambda text: " ".join(text.split())).filter(bool)
upload_ids = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=6, max_size=16).map(
    lambda text: "U-" + "-".join(text[place : place + 4] for place in range(0, len(text), 4))
)
account_names = values.filter(lambda text: text == text.upper())
queries = st.builds(
    DeviceQuery,
    customer=st.just("") | account_names,
    status=st.none() | st.sampled_from(Status),
    order=st.just("") | values,
    model=st.just("") | values,
    tag=st.just("") | values,
    upload=st.just("") | upload_ids,
    newest_first=st.booleans(),
)
labels = {"imei", "imei1", "imei2", "meid", "serial", "s/n", "sn"}
id_lists = st.lists(values.filter(lambda text: text.casefold() not in labels), min_size=1, max_size=9, unique=True)
commands = st.one_of(
    st.builds(Command, st.just("devices"), st.just("list"), query=queries, as_account=st.just("") | account_names),
    st.builds(Command, st.just("devices"), st.just("find"), ids=id_lists.map(tuple)),
    st.builds(Command, st.just("uploads"), st.sampled_from(["open", "errors"]), ids=upload_ids.map(lambda id_: (id_,))),
)


@given(commands)
def test_what_is_rendered_is_read_back(command):
    assert parse(render(command)) == command


pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *(word.name for word in WORDS),
            *("devices", "uploads", "as:", "status:", "order:", "customer:", "imei:", IMEI, "U-7K3F9Q", "pending"),
            *('"', "“", "»", "&lt;", "<@U1|x>", "<!channel>", "+", "-", ","),
        ]
    ),
)


@given(st.lists(pieces, max_size=8), st.sampled_from(["", " ", "\n"]))
@example(["devices", "find", "35,693803,564380,9"], " ")
@example(["devices", "find", '"+"a"'], " ")
def test_any_text_is_read_or_gets_a_hint_with_a_working_example(parts, between):
    answer = parse(between.join(parts))

    if isinstance(answer, Command):
        assert parse(render(answer)) == answer
    else:
        assert answer.problem
        assert isinstance(parse(answer.example), Command)


@st.composite
def set_off(draw, text):
    """A text as Slack hands it over when words of it were set off, as a whole or token by token."""
    marks = st.sampled_from(["", "*", "_", "~", "`", "```", "*_", "_~"])
    lines = st.sampled_from(["", "• ", "&gt; ", "&gt;", "◦ ", "&gt; • "])
    mark = draw(marks)
    return f"{draw(lines)}{mark}{text}{mark[::-1]}"


@given(commands.flatmap(lambda command: st.tuples(st.just(command), set_off(render(command)))))
@example((listing(tag="~"), "~" + render(listing(tag="~")) + "~"))
@example((listing(order="a*:b"), "*" + render(listing(order="a*:b")) + "*"))
def test_whatever_mark_is_around_a_command_it_is_the_same_command(case):
    command, text = case

    assert parse(text) == command
