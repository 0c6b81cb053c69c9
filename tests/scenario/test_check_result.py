"""The result of a check comes by itself, and is the place to import what it found good."""

from __future__ import annotations

import json

import pytest

from tests.files_of import csv_of, imei
from tests.newsroom import RAE, RAE_DM
from tests.office import elements

IMPORT = "uploads.import"


@pytest.mark.feature("B5")
def test_the_result_of_a_check_carries_the_button_and_brings_its_import(news):
    check = news.upload(csv_of(imei(1), imei(2)), place="check/RSL-ACME/CUST-NORTHWIND")
    (message,) = news.heads(RAE_DM)
    found = next(one for one in elements(message) if one[1]["action_id"] == IMPORT)
    assert found[1]["text"]["text"] == "Import these 2"
    where = {"channel": RAE_DM[1], "ts": message["ts"], "block_id": found[0]["block_id"], "action_id": IMPORT}
    assert news.slack.desk.click(RAE.team, RAE.user, where, None, {}) == ""
    (waiting,) = [one for one in news.chain.uploads.of_reseller("RSL-ACME") if one.checked]

    assert (waiting.checked, waiting.sha256) == (check.id, check.sha256)
    assert json.dumps(news.heads(RAE_DM)).count("Import these 2") == 1
