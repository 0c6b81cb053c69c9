"""Every word of the table, asked by everybody: each is answered alone, in a form Slack takes, with their own things.

The questions are made from the table of words, so a word that is added is asked as well, or fails here.
"""

from __future__ import annotations

import re

import pytest

from local.slack.blockkit import problems
from rollcall.upload_ids import derive
from rollcall.views.help import COMMANDS
from rollcall.word import Takes
from rollcall.words import WORDS
from tests.office import running_office, words
from tests.stock import OTHERS, OTHERS_MODEL, OTHERS_ORDER, ROLES, fill, imei

#: Acts for → the line that ends every answer.
ACCOUNT_LINES = {
    "reseller": "Acme Mobile · reseller",
    "customer": "Northwind Logistics · customer",
    "same user id elsewhere": "Fabrikam Field Service · customer",
}
MEMBERS = [role for role in ROLES if role.startswith(("reseller", "customer"))]
#: Rows of each file: enough to tell the parts of two customers, few enough to ask everything.
ROWS = 12
EVERY_WORD = pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word.area} {word.name}".strip())
#: Words that anybody may ask and that name no account.
OPEN = {"help"}
#: Words by which somebody comes to an account: there is none yet that an answer could name.
BEFORE_ANY_ACCOUNT = {"join"}
#: What stands behind words that take texts, where they need any.
TEXTS = {"join": "J-0000-0000-0000-0000", "invite": 'customer "Fourth Coffee"'}
#: The new IMEI of an exchange: no device has it.
FREE = imei("35693803577777")
#: Keys of a word's own, not filters, by which it names something that belongs to a company.
NAMES_A_COMPANYS_OWN = {"customer", "stc"}
#: How an act that a role does not have is refused.
MAY_NOT = "you may not"
#: What differs each time: links that work once, and times.
SECRET_PART = re.compile(r"/u/[\w-]+|<!date\^[^>]*>|\d\d:\d\d(:\d\d)?")


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office"), chunk_rows=40) as running:
        running.stock = fill(running.cloud, rows=ROWS)
        running.keep()
        yield running


def question(word, things, *, with_keys=()):
    """A word with what it takes, and with some of its keys."""
    texts = TEXTS.get(word.name, "text")
    taken = {Takes.DEVICES: things["device"], Takes.UPLOAD: things["upload"], Takes.NOTHING: "", Takes.TEXTS: texts}
    pairs = [f"{key}:{things[key]}" for key in with_keys]
    names = word.takes is Takes.DEVICES
    if names and word.least > 1:
        taken[Takes.DEVICES] += f" {FREE}"
    if word.signed:
        taken[Takes.DEVICES] += " +stock"
    name = "" if word.bare and word.takes is Takes.UPLOAD else word.name
    with_text = word.least or word.name in TEXTS or (names and not with_keys)
    return " ".join(filter(None, [word.area, name, taken[word.takes] if with_text else "", *pairs]))


def own_things(stock):
    row = stock.rows("clean")[0]
    return {
        "device": row["imei"],
        "upload": stock.clean.upload_id,
        "customer": "CUST-NORTHWIND",
        "order": "PO-1593",
        "model": "SM-N960N",
        "tag": "galaxy",
        "status": "pending",
        "sort": "uploaded",
        "date": "2026-03-01",
        "stc": "main",
        "check": "yes",
        "approval": "A-17",
        "reason": "damaged",
        "reference": "FC-4",
        "reseller": "RSL-ACME",
        "period": "quarter",
        "csv": "yes",
    }


def ask(office, person, typed):
    """Types a command; what can be read in the answer, which is for the asker alone and in a form that Slack takes.

    The answer is a message that nobody else sees, or a form.
    """
    channel = office.dm(person)
    before = len(office.messages(person, channel))
    office.slack.desk.command(person.team, person.user, channel, typed)
    messages, forms = office.messages(person, channel)[before:], office.modals(person)
    assert len(messages) + len(forms) == 1, typed
    for message in messages:
        assert message["only_for"] == person.user
        assert message["user"].startswith("U0BOT"), message["text"]
        assert message["text"].strip()
        assert not problems(message, "message")
        assert all(block["block_id"] for block in message["blocks"])
        return words(message["blocks"])
    (form,) = forms
    assert not problems({key: form[key] for key in ("type", "title", "blocks", "close", "submit")}, "modal")
    office.slack.modals.close(person.team, person.user, form["id"])
    return words(form["blocks"])


def all_that_comes(office, person, typed):
    """What is answered at once, and what comes into the DM later, files with their content."""
    office.slack.control.change("clear", {})
    office.slack.desk.command(person.team, person.user, office.dm(person), typed)
    office.drain()
    seen = [{key: message.get(key) for key in ("text", "blocks")} for message in office.messages(person)]
    for form in office.modals(person):
        seen.append({"title": form["title"], "blocks": form["blocks"]})
        office.slack.modals.close(person.team, person.user, form["id"])
    assert seen
    files = [(file.name, file.title, file.content) for file in office.slack.world.files.values()]
    return str((seen, files))


@pytest.mark.feature("B25")
@pytest.mark.parametrize("role", ROLES)
@EVERY_WORD
def test_every_word_answers_everybody_alone(office, stock, word, role):
    person = ROLES[role]
    told = ask(office, person, f"/rollcall {question(word, own_things(stock))}")
    last = told.splitlines()[-1]

    if word.name in OPEN:
        assert "/rollcall" in told
    elif role == "stranger":
        assert person.user in told
        assert person.team in told
        assert "To join" in told
        assert stock.rows("clean")[0]["imei"] not in told
    elif word.name in BEFORE_ANY_ACCOUNT:
        assert "There is no invitation with this code" in told
    elif role == "operator" and word.name == "invite":
        assert re.search(r"join J(-\w{4}){4}", told)
    elif role == "operator":
        assert "an operator of Rollcall" in told
    elif role == "in two accounts":
        assert "You belong to 2 companies" in told
        assert "Boltwave" in told
        assert "Fabrikam Field Service" in told
    else:
        line = ACCOUNT_LINES.get(role) or ACCOUNT_LINES[role.split()[0]]
        assert last == line or line.split(" · ")[0] in told, "every answer names the account"
    assert "older version" not in told
    assert "Something went wrong" not in told
    assert not office.gateway.crashes
    assert not office.others


@EVERY_WORD
def test_every_key_of_a_word_is_understood_on_both_sides(office, stock, word):
    things = own_things(stock)
    things |= {key: things["upload"] for key in word.keys if key == "upload"}
    missing = set(word.keys) - set(things)
    assert not missing, "a new key needs a value here, and another company's below"
    for role in ("reseller viewer", "customer viewer"):
        for keys in (word.keys, *((key,) for key in word.keys)):
            told = ask(office, ROLES[role], f"/rollcall {question(word, things, with_keys=keys)}")
            assert "This works:" not in told
            assert word.name in OPEN | BEFORE_ANY_ACCOUNT or ACCOUNT_LINES[role.split()[0]].split(" · ")[0] in told


@EVERY_WORD
def test_every_word_is_reached_by_the_alias_of_its_area(office, stock, word):
    person = ROLES["reseller admin"]
    whole = question(word, own_things(stock))
    rest = whole.partition(" ")[2]
    answers = [ask(office, person, f"/rollcall {whole}")]
    for other in (rest, rest.upper()) if word.area else ():
        office.set_back()
        answers.append(ask(office, person, f"{COMMANDS[word.area]} {other}".strip()))
    assert len({SECRET_PART.sub("", text).casefold() for text in answers}) == 1


# -- another company's things ------------------------------------------------------------------------------------------


def foreign(stock, role):
    """Things of others, each with a thing of the same kind that does not exist."""
    nowhere = derive(bucket="b", key="k", version="v")
    if role.startswith("reseller"):
        theirs = {"customer": "CUST-FABRIKAM", "upload": stock.others.upload_id}
    else:
        # Of this customer's own reseller, but for somebody else.
        theirs = {"customer": "CUST-CONTOSO", "upload": stock.meids.upload_id}
    real = {
        "device": OTHERS[0]["imei"],
        "order": OTHERS_ORDER,
        "model": OTHERS_MODEL,
        "tag": OTHERS[0]["tags"],
        "stc": "north",
        **theirs,
    }
    none = {
        "device": imei("35693803564399"),
        "customer": "CUST-NOBODY00" if role.startswith("reseller") else "CUST-NOBODY0",
        "upload": nowhere,
        "order": "PO-XXX",
        "model": "SM-X999X",
        "tag": "nobody",
        "stc": "nobod",
    }
    assert all(len(none[key]) == len(real[key]) for key in real)
    return real, none


def unnamed(text, thing):
    """An answer with the asked thing, and what hangs on it, taken out."""
    return SECRET_PART.sub("", re.sub(r"'block_id': '[^']*'", "", text.replace(thing, "THING")))


def asked(word):
    """The kinds of things that a question with this word may name."""
    if word.takes is Takes.DEVICES:
        yield "device", (("reason",) if "reason" in word.options else ())
    if word.takes is Takes.UPLOAD:
        yield "upload", ()
    for key in word.keys:
        if (key in word.filters or key in NAMES_A_COMPANYS_OWN) and key not in ("status", "sort"):
            yield key, (key,) if key in word.filters or key == "customer" else ("customer", key)


@pytest.mark.parametrize("role", ["reseller admin", "customer admin"])
@pytest.mark.parametrize(
    ("word", "kind", "keys"),
    [
        pytest.param(word, kind, keys, id=f"{word.area} {word.name} {kind}")
        for word in WORDS
        for kind, keys in asked(word)
    ],
)
def test_what_belongs_to_others_is_as_unknown_as_what_does_not_exist(office, stock, word, kind, keys, role):
    person = ROLES[role]
    answers = []
    own = own_things(stock)
    for things in ({**own, kind: other[kind]} for other in (*foreign(stock, role), own)):
        told = all_that_comes(office, person, f"/rollcall {question(word, things, with_keys=keys)}")
        answers.append(unnamed(told, things[kind]))

    theirs, nobodys, ours = answers
    assert theirs == nobodys
    assert theirs != ours or MAY_NOT in ours
    assert "Fabrikam" not in theirs


@pytest.mark.parametrize("role", ["reseller admin", "in two accounts", "stranger"])
@pytest.mark.parametrize("word", [word for word in WORDS if word.name not in OPEN], ids=lambda word: word.name)
def test_acting_for_an_account_of_others_is_as_acting_for_none(office, stock, word, role):
    person = ROLES[role]
    whole = question(word, own_things(stock))
    answers = [
        unnamed(all_that_comes(office, person, f"/rollcall {whole} as:{account}"), account)
        for account in ("CUST-CONTOSO", "CUST-NOBODY0")
    ]
    assert answers[0] == answers[1]
    assert "Contoso" not in answers[0]


@pytest.mark.parametrize("kind", ["imei", "imei2", "serial"])
def test_no_identifier_of_another_company_is_known_by_any_way(office, kind):
    for role in MEMBERS:
        told = words(office.command(ROLES[role], f"/devices {OTHERS[0][kind]}")["blocks"])
        assert f"No device `{OTHERS[0][kind]}` is known" in told


def test_a_customer_sees_its_own_part_of_a_file_for_many(office, stock):
    """Of twelve rows in the file Northwind sees its own four, and not whose the others are."""
    told = words(office.command(ROLES["customer admin"], f"/uploads {stock.many.upload_id}")["blocks"])
    assert "4 rows" in told
    assert "12 rows" not in told
    assert "8 rows" not in told
    assert "Contoso" not in told
    errors = words(office.command(ROLES["customer admin"], f"/uploads errors {stock.many.upload_id}")["blocks"])
    assert "CUST-NOBODY" not in errors
    assert "CUSTOMER_UNKNOWN" not in errors


def test_the_same_user_id_in_another_workspace_is_another_person(office, stock):
    """Vic of Acme and Viv of Fabrikam have one user id: what decides is the workspace with it."""
    vic, viv = ROLES["reseller viewer"], ROLES["same user id elsewhere"]
    assert vic.user == viv.user
    own, others = stock.rows("clean")[0]["imei"], OTHERS[0]["imei"]
    assert f"Device {own}" in words(office.command(vic, f"/devices {own}")["blocks"])
    assert "No device" in words(office.command(vic, f"/devices {others}")["blocks"])
    assert f"Device {others}" in words(office.command(viv, f"/devices {others}")["blocks"])
    assert "No device" in words(office.command(viv, f"/devices {own}")["blocks"])
