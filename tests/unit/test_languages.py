"""Texts in other languages: each there is, with the same things filled in, and what is added in English is missed."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import CustomerRole, OperatorRole, ResellerRole
from rollcall.catalogue import CATALOGUE
from rollcall.codes import Kind
from rollcall.decided import Outcome, Settled, Undone
from rollcall.decisions import Decision, DecisionKind, Target
from rollcall.errors import Fault
from rollcall.jobs import JobState, Touched
from rollcall.languages import Language
from rollcall.permissions import Act
from rollcall.removals import RemovalState, Removed
from rollcall.rules import Hindrance
from rollcall.transitions import Act as Step
from rollcall.upload_lines import ErrorGroup
from rollcall.uploads import UploadStatus
from rollcall.views import (
    approval_forms,
    approvals,
    decision_answers,
    nudges,
    rejections,
    removals,
    upload_decisions,
    upload_errors,
    upload_imports,
    upload_messages,
    waiting_boards,
    waiting_lists,
    wording,
)
from rollcall.views.help import show_help
from rollcall.views.jobs import errors_comment, job_message
from rollcall.views.text import escape
from rollcall.views.wording import Catalogue, Wording, catalogue
from rollcall.waiting import WaitingTotal
from rollcall.words import WORDS
from tests.unit.views.sample import AT, CODE, NIA, RAE, UPLOAD, device, entry, line, objects, page, upload
from tests.unit.views.test_approval_books import job
from tests.unit.views.test_approvals import BY, NOW, UNTIL, decision, pending, record, standing
from tests.unit.views.test_removals import RELEASED, REMOVAL, WAITING

ROLLCALL = Path(__file__).parents[2] / "layers/common/rollcall"
#: Modules that operators alone read, whose own pages are English, and those that hold no texts.
UNREAD = {
    f"views/{name}" for name in ("operator", "operator_letters", "catalogues", "__init__", "blocks", "inputs", "text")
}
UNREAD |= {f"desk/{name}" for name in ("__init__", "operators", "operator_lists", "operator_quality", "insights")}
#: Modules whose texts people read.
COVERED = (
    *sorted({f"views/{path.stem}" for path in (ROLLCALL / "views").glob("*.py")} - UNREAD),
    *sorted({f"desk/{path.stem}" for path in (ROLLCALL / "desk").glob("*.py")} - UNREAD),
    *("account_errors", "incoming", "lists", "model_names", "reminders", "suggestions", "transitions", "upload_forms"),
    *("wishes", "errands/lists", "errands/sheets", "slack/files", "webpage/pages", "operations", "device_sheets"),
    "../../../bot/listeners/devices",
)
#: What of them operators alone read.
OPERATORS = {
    "views/accounts": ("operator_me",),
    "views/home": ("operator_home",),
    "transitions": ("TransitionError",),
    "webpage/pages": ("policy", "_digest"),
    "desk/people_inviting": ("revoke", "_by_operator"),
    "views/insights": ("_OPENING", "ask", "overview", "begun", "not_open", "not_reading", "under"),
    "views/invitations": ("operators_list", "_take_back"),
    "views/quality": ("of_resellers", "no_operator_period"),
}
#: Calls whose texts are no language: commands to type, ids, names of what is looked up, faults of a program.
UNSPOKEN = {"usage", "value_of", "render", "Command", "fits", "partition", "rpartition", "startswith", "to_dm"}
UNSPOKEN |= {"ValueError", "replace", "compile"}
#: What stands in covered views and is the same in every language: names, commands, keys of values.
SAME = {
    "API",
    "Rollcall",
    "S3",
    "all",
    "compose",
    "errors.csv",
    "notes.csv",
    "page",
    "resend.csv",
    "results.csv",
    "de",
    "en",
}
SAME |= {"/approvals", "/devices", "/rollcall", "/uploads", "danger", "primary", "register", "registered", "blocked"}
SAME |= {"once", "which", "reason", "approval", "what", "device", "line", "row", "upload", "rollcall", "api", "rule"}
SAME |= {"person", "id", "until", "since", "devices", "uploads", "UTC", "multiline", "operator", "approvals", "help"}
SAME |= {"state", "values", "value", "old", "new", "imei2", "IMEI 2", "yes", "CUST-…", "modal", "check"}
#: What stands in requests, files, logs and keys.
SAME |= {
    "text/csv; charset=utf-8",
    "text/csv",
    "person:",
    "-anew",
    "-told",
    "-status.csv",
    "all together",
    "ItemT",
    "NEW",
}
SAME |= {"/slack/install", "uploads.", "help as:", "devices list order:", "status:", "FilesNotFetched"}
SAME |= {"List fetched", "List not fetched", "CUST-NORTHWIND", '"PO 17"', "SM-S921B", "U-7K3F-9QMC", "-uploaded"}
SAME |= {".slack.com", ".slack-gov.com", ".slack-files.com", "Authorization", "Bearer", "bytes of", "Retry-After"}
SAME |= {
    "Content-Length",
    "list",
    "of",
    "Say which.",
    "not needed",
    "sha256-",
    "MB",
    "form.html",
    "page.js",
    "page.css",
}
SAME |= {'<time id="until" datetime="', "%Y-%m-%dT%H:%M:%SZ", "UTC</time>", "<code>", "</code>"}
SAME |= {"multi_", "external", "static", "_select"}
SAME |= {"do its daily work", "accept or reject", "devices.csv", "kB"}
SAME |= {"RSL-ACME", '"wrong model"', '"NW 17"', "link\0", "drop\0", "import\0"}
#: Examples of what is typed, names of encodings, Slack's and others' words.
SAME |= {
    'invite customer "Northwind Logistics"',
    "as:",
    "join &lt;code&gt;",
    "setup members",
    "setup as:",
    "join",
    "?join=",
}
SAME |= {"J-7K3F-9QMC-2V5R-8TXA", "Authorization: Bearer <key>", "Europe/Berlin", "KB)", "MB)", "setup history as:"}
SAME |= {"sold-to", "sold-to code", "sold-to codes", "sold to codes", "erp", "1002003"}
SAME |= {"Rollcall:", "grant", "pieces of news"}
SAME |= {"refused row", "more cause", "more model", "more order", "more upload", "more reseller", "uploads list"}
SAME |= {"approvals list", "of rows", "ERROR of rows"}
SAME |= {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "UTF-8", "UTF-16", "Windows-1252", "CP949"}
SAME |= {"cp949", "cp932", "cp1252", "Shift-JIS", "notes.csv"}
#: What a machine reads: identifiers, dotted ids, keys.
MACHINE = re.compile(r"([A-Za-z]+-?[0-9]+(-[a-z]+)*|Shift-JIS)|[a-z_]+(\.[a-z_]+)+|[a-z]|[A-Z_]{4,}|[a-z]+_[a-z_]+")
#: What is typed.
COMMANDS = re.compile(
    r"aws s3|(devices|uploads|approvals) (\w+ )?(upload:|[a-z]+$|<|list status|errors $|history $|find $)"
)
LETTERS = re.compile(r"[A-Za-z]{2,}")
DATES = re.compile(r"<!date[^|]*\\|[^>]*>")
#: What others wrote, and what has no language: states, ids, names of files.
OTHERS = {"Acme", "Mobile", "Northwind", "Logistics", "Nia", "MPTS", "ERROR", "csv", "results", "resend", "RSL", "ACME"}
OTHERS |= {"QMC", "TXA", "lt", "gt", "uploads", "errors"}
PLACES = re.compile(r"(?<!{){(\w+)}(?!})|{{(\w+)}}")


class Found(ast.NodeVisitor):
    """The texts of a module, and whether each goes through a catalogue."""

    def __init__(self, module):
        self.operators = OPERATORS.get(module, ())
        self.texts, self.nouns, self.all, self.within = {}, set(), set(), False

    def visit_Module(self, node):
        for part in node.body:
            names = {getattr(part, "name", "")} | {
                target.id for target in targets(part) if isinstance(target, ast.Name)
            }
            value = getattr(part, "value", None)
            if isinstance(value, ast.Constant) and re.fullmatch("[a-z_]+", str(value.value)):
                continue  # the id of a field or a button
            if not names & set(self.operators):
                self.visit(part)

    def visit_ImportFrom(self, node):
        pass

    def visit_If(self, node):
        if getattr(node.test, "id", "") != "TYPE_CHECKING":
            self.generic_visit(node)

    def visit_Expr(self, node):
        if not isinstance(node.value, ast.Constant):  # else a docstring
            self.generic_visit(node)

    def body(self, node):
        for part in [*getattr(node.args, "defaults", ()), *getattr(node.args, "kw_defaults", ())]:
            if part is not None:
                self.visit(part)
        for part in node.body:
            self.visit(part)

    visit_FunctionDef = body  # noqa: N815 - as ast names it

    def visit_ClassDef(self, node):
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name not in self.operators:
                self.visit(part)

    def visit_Call(self, node):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "count":
            self.nouns |= {arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
            for arg in node.args[:1]:
                self.visit(arg)
            return
        if name in UNSPOKEN:
            return
        self.generic_visit(node)

    def visit_Dict(self, node):
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and re.fullmatch("[a-z_]+", str(key.value))):
                self.visit(key or value)
            self.visit(value)

    def visit_Compare(self, node):
        pass  # what is compared is shown to nobody

    def visit_JoinedStr(self, node):
        told = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        if not COMMANDS.match(told) and not re.fullmatch(r"\.[a-z]+", told):
            self.within = True
            self.generic_visit(node)
            self.within = False

    def visit_Constant(self, node):
        if not isinstance(node.value, str) or COMMANDS.match(node.value):
            return
        text = node.value.strip()
        self.all.add(node.value)
        if not self.within and re.fullmatch("[a-z]+", text):
            return  # an id; a word of a sentence stands in one, and alone it is found when it is drawn
        if LETTERS.search(PLACES.sub("", text)) and text not in SAME and not MACHINE.fullmatch(text):
            self.texts[node.value] = node.lineno

    def visit_Subscript(self, node):
        self.visit(node.value)


def targets(node):
    return [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])


def found(module):
    looked = Found(module)
    looked.visit(ast.parse((ROLLCALL / f"{module}.py").read_text(encoding="utf-8")))
    return looked


LANGUAGES = [language for language in Language if language is not Language.ENGLISH]
FOUND = {module: found(module) for module in COVERED}
TEXTS = {module: one.texts for module, one in FOUND.items()}
#: What roles allow, and they: said wherever a person is told what they may.
RIGHTS = {one.value for kind in (Act, ResellerRole, CustomerRole, OperatorRole) for one in kind}
SAID = RIGHTS | {text for one in FOUND.values() for text in one.all}


def places(text):
    return sorted(a or b for a, b in PLACES.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", TEXTS)
def test_every_text_of_a_covered_view_is_there_in_every_language(module, language):
    known = catalogue(language)
    assert [text for text in TEXTS[module] if text not in known.texts and text not in known.nouns] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_and_what_it_allows_is_there(language):
    assert set(catalogue(language).texts) >= RIGHTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_translated_that_nobody_says(language):
    assert sorted(set(catalogue(language).texts) - SAID) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_things_filled_in(language):
    known = catalogue(language)
    assert [text for text, told in known.texts.items() if places(text) != places(told)] == []
    marks = re.compile(r"[*`]|:[a-z]+:|[⚠…•]$|^[⚠…•]")
    assert [text for text, told in known.texts.items() if len(marks.findall(text)) != len(marks.findall(told))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_noun_that_is_counted_is_there_and_no_other(language):
    nouns = {noun for one in FOUND.values() for noun in one.nouns if noun}
    known = set(catalogue(language).nouns)
    assert nouns <= known
    assert known <= nouns | SAID


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_people_see_is_there_with_the_same_parts(language):
    told = catalogue(language).codes
    assert set(told) == {name for name, code in CATALOGUE.items() if code.kind is not Kind.REQUEST}
    for name, texts in told.items():
        code = CATALOGUE[name]
        for text, ours in zip(texts, (code.title, code.cause, code.remedy), strict=True):
            assert parts(text) == parts(ours), name
            assert not re.search(r"[{}]", re.sub(r"\[[^\[\]]*\]", "", text)), "a hole where nothing is known"


def parts(text):
    """What is filled into each part that may be left out."""
    return sorted(sorted(re.findall(r"{(\w+)}", part)) for part in re.findall(r"\[([^\[\]]*)\]", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_help_is_there_and_shown(language):
    known = catalogue(language).words
    assert set(known) == {f"{word.area} {word.name}".strip() for word in WORDS}
    shown = "\n".join(part["text"] for part in objects(show_help(say=Wording(language)).blocks))
    assert [text for text in known.values() if escape(text) not in shown] == []


# -- drawn -------------------------------------------------------------------------------------------------------------

REFUSED = replace(WAITING, state=RemovalState.REFUSED, answered_by=BY, answered_at=AT)
GERMANS = {"customer": replace(NIA, language=Language.GERMAN), "reseller": replace(RAE, language=Language.GERMAN)}
FAULTS = [Fault(name) for name, code in CATALOGUE.items() if code.kind is Kind.DECISION]
UNDO = Decision("D-2", DecisionKind.UNDO, "CUST-NORTHWIND", BY, AT)
TAKEN_BACK = record(undone=Undone("D-2", BY, AT))
STANDINGS = [
    standing(),
    standing(1, registered=False, left=dict.fromkeys(Hindrance, 2), automatic=(record(rule="2026", rule_by=BY),)),
    standing(0, last=record(), verified=20, removed=2),
    standing(0, last=TAKEN_BACK, unrecognised=2),
    standing(0, stored=25, removed=25),
    standing(0, verified=25),
    standing(deciding=True, last=record(DecisionKind.REJECT, reason="2026")),
]


def drawn(nia, rae):
    """Every message of the covered views, for a customer's person and a reseller's."""
    yield from of_what_waits(nia, rae)
    for status in UploadStatus:
        for check in (False, True):
            yield from of_an_upload(status, rae, check=check)
    for made in (decision(), decision(DecisionKind.REJECT, reason="2026"), UNDO):
        yield from of_a_decision(made, nia)
        for state in (JobState.WAITING, JobState.RUNNING, JobState.DONE, JobState.REFUSED):
            yield from of_a_job(made, state, nia)
    yield from of_the_rest(nia, rae)


def of_what_waits(nia, rae):
    for one in STANDINGS:
        yield approvals.upload_message(one, nia, now=NOW)
        yield nudges.nudge_message(one, AT, nia)
    yield waiting_lists.pending_list(page(STANDINGS), "approvals list", nia, now=NOW)
    for total in (WaitingTotal(900), WaitingTotal(30_000, is_all=False)):
        shown = page(STANDINGS, after="a")
        yield waiting_lists.pending_list(shown, "approvals list", nia, now=NOW, total=total, may_undo=True)
    for after in (None, "a"):
        yield waiting_lists.pending_list(page([], after=after), "approvals list", nia, now=NOW)
    yield approvals.only_customers(rae)
    yield approvals.typed_elsewhere(nia, "approvals")
    yield waiting_boards.board("2026-03-01", STANDINGS, 30, nia, as_of=AT)
    yield waiting_boards.board("2026-03-01", STANDINGS[3:4], 1, nia)
    lines = [line(status=status, refused=3) for status in UploadStatus]
    yield upload_messages.board("2026-03-01", lines, 30, rae, as_of=AT)
    yield upload_messages.board("2026-03-01", lines, len(lines), rae)


def of_an_upload(status, rae, *, check):
    shown = upload(status, check_only=check, more_files=1, checked="" if check else UPLOAD, checked_stored=118)
    groups = [ErrorGroup(name, 3, (2, 3), "") for name in ("IMEI_CHECK_DIGIT", "STC_REQUIRED", "ID_MISSING")]
    yield upload_messages.upload_message(
        shown,
        rae,
        done=60,
        groups=[*groups, *groups],
        as_of=AT,
        offers=upload_imports.offers(shown, rae.say),
        decisions=upload_decisions.decision_lines(STANDINGS, rae, now=NOW),
    )
    yield upload_messages.resend_comment(shown, say=rae.say)
    yield upload_messages.failure_reply(shown, say=rae.say)
    yield upload_errors.errors(shown, groups, rae)
    yield upload_errors.errors(shown, (), rae)
    yield upload_errors.errors(replace(shown, fault="ENCODING"), (), rae)


def of_a_decision(made, nia):
    targets = [Target(f"serial#{number}", None) for number in range(12)]
    faults = [Settled(target, fault=fault) for target, fault in zip(targets, FAULTS, strict=False)]
    acts = (Step.ACCEPTED, Step.REJECTED, Step.UNDONE, Step.DELETED)
    early = [Settled(targets[0], entry=entry(act, by=BY)) for act in acts]
    done = Settled(targets[0], done=True)
    for settled in ((), faults, early, [done], [*faults, done]):
        yield decision_answers.decided(made, Outcome(tuple(settled)), nia, now=NOW)
    yield decision_answers.taken(made, nia)
    yield decision_answers.stale(pending(0), made, nia)
    yield decision_answers.queued(job(decision=made, upload=UPLOAD), nia)


def of_a_job(made, state, nia):
    for source in ("", "accept/CUST-NORTHWIND/2026"):
        some = job(decision=made, state=state, source=source, done=3, decided=2, by_code={"NOT_FOUND": 9})
        yield job_message(some, record(), nia, now=NOW, as_of=AT)
        yield job_message(replace(some, fault="FILE_EMPTY", decided=0, upload=UPLOAD), TAKEN_BACK, nia, now=NOW)
        yield errors_comment(some, nia.say)


def of_the_rest(nia, rae):
    for kind in (DecisionKind.ACCEPT, DecisionKind.REJECT):
        touched = [Touched(UPLOAD, "RSL-ACME", 7, ("serial#1",))]
        yield rejections.message(record(kind, reason="2026"), touched, rae, now=NOW)
    yield decision_answers.taken(None, nia)
    yield decision_answers.stale(pending(1), None, nia)
    yield decision_answers.stale(pending(2), None, nia)
    yield decision_answers.denied(FAULTS, nia)
    yield decision_answers.unregistered("RSL-ACME", nia)
    yield decision_answers.needs_reason(approval_forms.reason_problem("", nia.say), "help", nia)
    yield decision_answers.needs_reason(approval_forms.reason_problem("0" * 301, nia.say), "help", nia)
    yield decision_answers.out_of_time(nia)
    for state in ("registered", "blocked", "unregistered"):
        yield decision_answers.registered("RSL-ACME", state, nia)
    for removal in (WAITING, RELEASED, replace(RELEASED, state=RemovalState.DONE, done=2), REFUSED):
        yield removals.release_message(removal, ["1", "2"], nia)
        yield removals.answered(removal, nia, first=True)
        yield removals.answered(removal, nia, first=False)
    for gone in (Removed(20, 3), Removed(1, 0)):
        yield removals.customer_message(REMOVAL, gone, nia)
        yield removals.customer_message(replace(REMOVAL, upload=UPLOAD, answered_by=BY), gone, nia)
    yield show_help(say=nia.say, account_line=nia.account_line())
    yield show_help("uploads", say=nia.say)


def forms(reader):
    parts_of = standing(pending=pending(orders={"1": 20, "2": 5}))
    yield approval_forms.accept_form(parts_of, reader, until=UNTIL)
    yield approval_forms.reject_form(parts_of, reader, until=UNTIL)
    yield approval_forms.reject_form(parts_of, reader, until=UNTIL, sent={})
    yield approval_forms.approval_id_form(device(), {"id": "1"}, reader, until=UNTIL)
    yield approval_forms.reject_device_form(device(), {"id": "1"}, reader, until=UNTIL)
    for value in ({}, {"u": UPLOAD}):
        yield approval_forms.register_form("RSL-ACME", value, reader)


@pytest.mark.parametrize("language", list(Language))
def test_slack_takes_what_is_said_in_any_language(language):
    nia, rae = replace(NIA, language=language), replace(RAE, language=language)
    for message in drawn(nia, rae):
        assert problems({"text": message.text, "blocks": message.blocks}, "message") == []
        for part in objects(message.blocks):
            assert part["type"] != "plain_text" or len(part["text"]) < 75 or part["text"][-1] != "…", "it was cut"
    for view in forms(nia):
        assert problems(view, "modal") == []
        whole = [view[name]["text"] for name in ("title", "submit", "close")]
        assert not [text for text in whole if text.endswith("…")], "a title or a button that was cut"


class Mumbled(dict):
    """A catalogue that knows every text, and mumbles it."""

    def get(self, text, default=None):
        told = default if isinstance(default, tuple) else (text,)
        mumbled = tuple(re.sub(r"(?<![{\w])\w+(?![\w}])", "¤", one) for one in told)
        return mumbled if isinstance(default, tuple) else mumbled[0]


def test_no_word_of_a_covered_view_goes_round_the_catalogue(monkeypatch):
    """In a language in which every text of ours is ¤, nothing can be read but what others wrote, ids and commands."""
    mumbling = Catalogue(texts=Mumbled(), nouns=Mumbled(), codes=Mumbled(), words=Mumbled())
    monkeypatch.setattr(wording, "catalogue", lambda language: mumbling if language is Language.GERMAN else None)
    for message in drawn(*GERMANS.values()):
        read = "\n".join([message.text, *(part["text"] for part in objects(message.blocks))])
        words = set(LETTERS.findall(CODE.sub("", DATES.sub("", read)))) - OTHERS
        assert words == set(), read
