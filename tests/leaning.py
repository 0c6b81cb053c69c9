"""Plugin of pytest's that `tests.policies` runs tests with: what each leans on, and whether it fails without a word.

A test leans on a word of a policy if AWS would refuse one of its calls without it; `tests.rights` notes that. With a
plan, each test first runs once for each word that it is to miss, and at last with nothing missing, as always: so it was
the word, and the test left nothing broken behind.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.cloud import RIGHTS
from tests.rights import PLAN, Right

#: Modules that try the same for minutes.
TOO_LONG = frozenset({"test_every_call.py", "test_busy_day.py", "test_api_fuzzed.py", "test_smoke.py"})


def _plan():
    path = os.environ.get(PLAN)
    return json.loads(Path(path).read_text(encoding="utf-8")) if path else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Leaves out what is not asked."""
    plan = _plan()
    items[:] = [one for one in items if (one.nodeid in plan if plan is not None else one.path.name not in TOO_LONG)]


def pytest_runtest_protocol(item):
    """Runs a test once for each word that it is to miss; after that pytest runs it as always."""
    item.tried, item.without = [], None
    for word in (_plan() or {}).get(item.nodeid, ()):
        item.without = Right(*word)
        # What its module has set up is kept; that a module comes next, and not a test, takes down the test's own.
        reports = runtestprotocol(item, nextitem=item.parent, log=False)
        item.tried.append([*word, any(report.failed for report in reports)])
        item.without = None
        item.user_properties.clear()
        item._initrequest()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item):
    """Takes the word away and notes what the test leans on; what its fixtures do is not the test's."""
    RIGHTS.leaned_on.clear()
    RIGHTS.removed = item.without
    try:
        return (yield)
    finally:
        RIGHTS.removed = None
        leans_on = [[one.function, one.statement, one.word] for one in RIGHTS.leaned_on]
        item.user_properties += [("leans_on", leans_on), ("tried", item.tried)]
