"""A deployment that puts a suffix behind its slash commands: no text names one that does not exist there."""

from __future__ import annotations

import ast
import json
import re

import pytest

from rollcall import command_names
from rollcall.acting import Stranger, Undecided
from rollcall.commands import Hint
from rollcall.installing.flow import Entry
from rollcall.invitations import Invited, Refusal
from rollcall.settings import Settings
from rollcall.views import accounts, approval_bulk, hints, home, insights, invitations
from rollcall.views import help as help_views
from rollcall.webpage import install_pages
from rollcall.webpage.install_failures import Failure
from tests.cloud import ROOT
from tests.unit.test_languages import drawn, forms
from tests.unit.views.sample import NIA, RAE

SUFFIX = "-acme"
#: A command by the name it has without a suffix.
BARE = re.compile(r"(?<![\w.])/(rollcall|devices|uploads|approvals)(?![\w/-])")
NEEDED = dict.fromkeys(("DEVICES_TABLE", "UPLOADS_TABLE", "ACCOUNTS_TABLE", "UPLOADS_BUCKET"), "x")


@pytest.fixture(autouse=True)
def deployment():
    settings = Settings.from_env({**NEEDED, "COMMAND_SUFFIX": SUFFIX})
    yield settings
    Settings.from_env(NEEDED)


def test_a_name_without_a_suffix_is_the_one_here_and_any_other_is_as_typed(deployment):
    assert deployment.command_suffix == SUFFIX
    assert [command_names.real_name(name) for name in ("/rollcall", "/uploads", "/rollcall-dev", "/other")] == [
        "/rollcall-acme",
        "/uploads-acme",
        "/rollcall-dev",
        "/other",
    ]


def bare_in(shown):
    return BARE.findall(shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False))


def test_no_view_shows_a_command_that_is_not_there():
    shown = [message.blocks for message in drawn(NIA, RAE)] + [message.text for message in drawn(NIA, RAE)]
    shown += [*forms(NIA), *forms(RAE)]
    assert any(SUFFIX in json.dumps(one) for one in shown)
    assert [one for one in shown if bare_in(one)] == []


def test_no_text_for_those_who_have_no_place_shows_one():
    members = (NIA.acting.member, RAE.acting.member)
    stranger = Stranger(NIA.acting.member.person)
    shown = [
        accounts.stranger(stranger),
        accounts.choose(Undecided(members), "uploads list", {}),
        hints.show_hint(Hint("No.", "uploads", "uploads list")),
        hints.not_known(),
        hints.unexpected("R-1"),
        hints.timed_out("uploads", "R-1"),
        hints.expired("uploads"),
        help_views.show_help(),
        help_views.show_help("uploads"),
        invitations.not_yours(),
        invitations.used_by_you(),
        invitations.elsewhere("join"),
        invitations.who_invites("customer"),
        insights.not_reading("RSL-ACME"),
        insights.overview([]),
    ]
    for message in shown:
        assert bare_in(message.text) + bare_in(message.blocks) == [], message.text
    assert bare_in(home.stranger_home(stranger, updated_at="2026-03-01T09:30:00Z")) == []
    assert bare_in(approval_bulk.template_comment()) == []


def test_no_page_shows_one():
    pages = [
        install_pages.invited_page("https://x", code="J-1", slack="https://y", kind=Invited.PERSON),
        install_pages.installed_page("Acme", org_wide=True),
        *(install_pages.installed_page("Acme", org_wide=False, entry=entry) for entry in Entry),
        *(install_pages.refused_page(refusal, install="https://x")[0] for refusal in Refusal),
        *(install_pages.failed_page(failure, again="https://x") for failure in Failure),
    ]
    assert any(f"/rollcall{SUFFIX} join" in page for page in pages)
    assert [page for page in pages if bare_in(page) or "{rollcall}" in page] == []


def test_no_text_of_ours_names_a_command_by_itself():
    """Whoever writes a command into a sentence goes through the function that knows its name."""
    found = []
    parts = ("layers/common/rollcall", "bot", "functions")
    for path in sorted(file for part in parts for file in (ROOT / part).rglob("*.py")):
        if path.name == "command_names.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                found += [f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"] if bare_in(node.value) else []
    assert found == []
