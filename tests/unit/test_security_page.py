"""docs/security.md says of each scope why, and names parameters with the values that they have."""

from __future__ import annotations

import json
import re

from tests.cloud import ROOT, TEMPLATE

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
MANIFEST = json.loads((ROOT / "bot/manifest.json").read_text(encoding="utf-8"))


def test_every_scope_of_the_manifest_has_a_reason_and_no_other():
    table = PAGE.split("## What each part may do")[0]
    reasons = dict(re.findall(r"^\| `([a-z.:]+)` \| (.+) \|$", table, re.MULTILINE))

    assert sorted(reasons) == sorted(MANIFEST["oauth_config"]["scopes"]["bot"])
    assert all(len(reason.split()) >= 4 for reason in reasons.values())
    optional = {scope for scope, reason in reasons.items() if reason.startswith("optional")}
    assert optional == set(MANIFEST["oauth_config"]["scopes"]["bot_optional"])


def test_days_are_those_of_the_template():
    named = re.findall(r"`(\w+Days)` \((\d+)\)", PAGE)
    assert len(named) >= 4
    for parameter, days in named:
        assert TEMPLATE["Parameters"][parameter]["Default"] == int(days), parameter


def test_addresses_are_left_to_the_operator():
    assert PAGE.count("<your domain>") >= 3
    assert "When the app is uninstalled" in PAGE
