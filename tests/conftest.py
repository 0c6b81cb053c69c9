"""Which tests take so long that ``make test`` leaves them to ``make test-thorough``.

``make test`` is to stay under three minutes on two cores. What is named here runs before every landing, as all the rest
does.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# Tests of the stack show what comes of a click, not how fast two of them at a time are on two cores.
os.environ.setdefault("ROLLCALL_ACK_SECONDS", "20")
#: Modules that take more than some seconds each.
THOROUGH = frozenset(
    {
        "conformance/test_bolt_payloads.py",
        "conformance/test_signature_vectors.py",
        "conformance/test_tac_catalogue.py",
        "conformance/test_uploads.py",
        "conformance/test_ways_in.py",
        "contract/test_decisions_store.py",
        "contract/test_device_lists.py",
        "contract/test_exchanges.py",
        "contract/test_life_cycle.py",
        "contract/test_list_costs.py",
        "contract/test_list_costs_large.py",
        "contract/test_quality_store.py",
        "scenario/test_addresses.py",
        "scenario/test_another_slack_stack.py",
        "scenario/test_api.py",
        "scenario/test_api_flows.py",
        "scenario/test_api_fuzzed.py",
        "scenario/test_api_stack.py",
        "scenario/test_bot_approvals.py",
        "scenario/test_bot_bulk.py",
        "scenario/test_bot_changes.py",
        "scenario/test_bot_devices.py",
        "scenario/test_bot_dm.py",
        "scenario/test_bot_faults.py",
        "scenario/test_bot_home.py",
        "scenario/test_bot_removals.py",
        "scenario/test_bot_resellers.py",
        "scenario/test_bot_rules.py",
        "scenario/test_bot_uploads.py",
        "scenario/test_bot_words.py",
        "scenario/test_german_everywhere.py",
        "scenario/test_busy_day.py",
        "scenario/test_changes_stack.py",
        "scenario/test_check_result.py",
        "scenario/test_decisions.py",
        "scenario/test_decisions_stack.py",
        "scenario/test_command_suffix.py",
        "scenario/test_dropped_files.py",
        "scenario/test_dropped_lists.py",
        "scenario/test_emulated_rights.py",
        "scenario/test_events_stack.py",
        "scenario/test_every_call.py",
        "scenario/test_export_pieces.py",
        "scenario/test_exports.py",
        "scenario/test_fetching.py",
        "scenario/test_form.py",
        "scenario/test_imports.py",
        "scenario/test_insights.py",
        "scenario/test_install_stack.py",
        "scenario/test_invitations.py",
        "scenario/test_join_links.py",
        "scenario/test_killed.py",
        "scenario/test_killed_arrivals.py",
        "scenario/test_killed_jobs.py",
        "scenario/test_killed_removals.py",
        "scenario/test_languages_told.py",
        "scenario/test_leavers.py",
        "scenario/test_lost_tokens.py",
        "scenario/test_many_customers.py",
        "scenario/test_not_yours.py",
        "scenario/test_notices.py",
        "scenario/test_notices_faults.py",
        "scenario/test_organisations.py",
        "scenario/test_one_answer.py",
        "scenario/test_operator.py",
        "scenario/test_operator_stack.py",
        "scenario/test_own_key_stack.py",
        "scenario/test_quality.py",
        "scenario/test_rare_rights.py",
        "scenario/test_quality_stack.py",
        "scenario/test_references.py",
        "scenario/test_refresh.py",
        "scenario/test_release_reminders.py",
        "scenario/test_reminders.py",
        "scenario/test_reserved.py",
        "scenario/test_rotation.py",
        "scenario/test_rules.py",
        "scenario/test_rules_stack.py",
        "scenario/test_runbook_commands.py",
        "scenario/test_setup.py",
        "scenario/test_shared_channels.py",
        "scenario/test_smoke.py",
        "scenario/test_stuck.py",
        "scenario/test_uninstall.py",
        "scenario/test_upload_links.py",
        "scenario/test_waiting.py",
        "unit/test_device_walks.py",
    }
)


#: What takes minutes goes first, so that no worker is left with it at the end while the other has nothing to do. A
#: module stays with one worker, as its office or its stack is made once for all of its tests.
LONGEST = (
    "browser/test_uploads_by_hand.py",
    "scenario/test_api_fuzzed.py",
    "contract/test_list_costs_large.py",
    "scenario/test_not_yours.py",
    "scenario/test_every_call.py",
    "scenario/test_bot_words.py",
    "scenario/test_notices_faults.py",
    "scenario/test_decisions_stack.py",
)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Does not read modules of which no test is asked for: reading all of them takes fifteen seconds."""
    asked = config.option.markexpr
    if collection_path.suffix != ".py" or not asked.endswith("thorough"):
        return None
    thorough = collection_path.relative_to(TESTS).as_posix() in THOROUGH
    return True if thorough == asked.endswith("not thorough") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the modules that are named above, and puts the longest first."""
    for item in items:
        if item.path.relative_to(TESTS).as_posix() in THOROUGH:
            item.add_marker(pytest.mark.thorough)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = item.path.relative_to(TESTS).as_posix()
    return LONGEST.index(path) if path in LONGEST else len(LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> object:
    """Fails a test in which a function was refused a call for want of a right, whatever it made of that."""
    cloud, refused = sys.modules.get("tests.cloud"), []
    try:
        outcome = yield
    finally:
        if cloud:
            refused, cloud.RIGHTS.refused = cloud.RIGHTS.refused, []
    assert not refused or cloud.RIGHTS.removed, f"template.yaml does not allow: {refused}"
    return outcome
