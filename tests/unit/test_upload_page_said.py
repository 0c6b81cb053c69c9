"""The page that takes one large file speaks the language of the company whose link it is."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from rollcall.desk.upload_pages import Page, Refusal, Refused
from rollcall.languages import Language
from rollcall.views.wording import Wording
from rollcall.webpage.pages import form_page, problem, refusal_page

pytestmark = pytest.mark.feature("B25")
GERMAN = Wording(Language.GERMAN)


def page(say):
    shown = Page("U-7K3F", "Acme", "", check_only=True, until=4_000_000_000, say=say)
    return form_page(shown, most_bytes=2_000 * 1024 * 1024)


def test_the_page_and_its_script_are_in_the_company_s_language():
    told = page(GERMAN)
    assert '<html lang="de">' in told
    assert "Rollcall: Datei prüfen" in told
    assert "CSV-Datei, höchstens 2.000 MB" in told
    texts = json.loads(unescape(re.search(r'data-texts="([^"]*)"', told)[1]))
    assert texts["again"] == "Noch einmal versuchen"
    english = page(Wording())
    assert '<html lang="en">' in english
    assert "at most 2,000 MB" in english
    assert json.loads(unescape(re.search(r'data-texts="([^"]*)"', english)[1])).keys() == texts.keys()


def test_the_script_says_only_what_the_page_hands_it():
    told = page(Wording())
    script = told[told.index("<script>") :]
    named = set(re.findall(r"\btexts\.(\w+)", script))
    assert named == json.loads(unescape(re.search(r'data-texts="([^"]*)"', told)[1])).keys()


@pytest.mark.parametrize("why", Refusal)
def test_a_link_that_does_nothing_says_so_in_that_language(why):
    refused = Refused(why, upload="U-7K3F", say=GERMAN)
    assert "Its upload id" not in refusal_page(refused)
    assert "Upload-ID: <code>U-7K3F</code>" in refusal_page(refused)
    assert problem(refused) != problem(Refused(why, upload="U-7K3F"))
