"""``make policies [FUNCTIONS=…] [TESTS=…]``: takes each word out of the policies in turn, and sees a test fail.

A word is an action, a resource or a pattern of partition keys. First the scenario tests run with nothing taken away,
and `tests.leaning` notes which test leans on which word. What no test leans on is a right too many, and the command
fails. Then each word is taken away by itself while one of those tests runs, which has to fail; if the function makes up
for what it is refused, another of them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import defaultdict
from unittest.mock import patch

import pytest

from tests.cloud import RIGHTS, ROOT
from tests.rights import PLAN, Right

#: Tests that are not asked: they need a stack, a browser or an engine.
LEFT_OUT = "not stack and not browser and not emulators"
#: Tests of one word that are tried until one fails; a function may make up for what it is refused.
TRIES = 3


class Ledger:
    """What the reports of the tests say.

    Attributes:
        leaning: word → seconds and id of each test that leans on it.
        failed: word → the test that failed without it.
        broken: tests that failed with nothing missing.
    """

    def __init__(self):
        self.leaning, self.failed, self.broken = defaultdict(list), {}, set()

    def pytest_runtest_logreport(self, report):
        """Takes a report; pytest's hook."""
        told = dict(report.user_properties)
        if report.failed:
            self.broken.add(report.nodeid)
        elif report.when == "call" and told["tried"]:
            self.failed |= {Right(*word): report.nodeid for *word, failed in told["tried"] if failed}
        elif report.when == "call":
            for word in told["leans_on"]:
                self.leaning[Right(*word)].append((report.duration, report.nodeid))


def words_apart(rights):
    """The words to take away: each of a list; of a statement that has no lists one, which is the statement."""
    statements = defaultdict(list)
    for one in rights:
        statements[one.function, one.statement].append(one)
    for (function, sid), words in statements.items():
        (statement,) = [one for one in RIGHTS.policies[function] if one.sid == sid]
        lists = [kind for kind in (statement.actions, statement.resources, statement.keys) if len(kind) > 1]
        yield from [one for one in words if any(one.word in kind for kind in lists)] or words[:1]


def plan_of(rights, ledger, number):
    """Which words to take away in which test: of each word the quickest but so many of those that lean on it."""
    plan = defaultdict(list)
    for right in rights:
        tests = sorted(ledger.leaning[right])
        if right not in ledger.failed and number < len(tests):
            plan[tests[number][1]].append(right)
    return plan


def run(ledger, tests, plan=None):
    """Runs tests, in as many processes as there are cores; their reports go to the ledger."""
    words = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-p", "tests.leaning", "-m", LEFT_OUT]
    # Never none: what is tested cannot be loaded twice into one process.
    processes = os.environ.get("POLICIES_PROCESSES") or str(os.cpu_count())
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file, patch.dict(os.environ):
        if plan is not None:
            missing = {test: [[one.function, one.statement, one.word] for one in words] for test, words in plan.items()}
            json.dump(missing, file)
            file.flush()
            os.environ[PLAN] = file.name
        pytest.main([*words, "-n", processes, "--dist", "loadfile", *tests], plugins=[ledger])


def main(functions):
    """Tries the functions named, or all; 1 if nothing needs a word, or a test fails with nothing missing."""
    os.chdir(ROOT)
    rights = [right for right in words_apart(RIGHTS.rights) if not functions or right.function in functions]
    ledger = Ledger()
    run(ledger, os.environ.get("TESTS", "tests/scenario").split())
    for number in range(TRIES):
        if plan := plan_of(rights, ledger, number):
            run(ledger, sorted({test.partition("::")[0] for test in plan}), plan)
    for right in rights:
        tests = len(ledger.leaning[right])
        seen = ledger.failed.get(right, "refused, and made up for" if tests else "NOTHING NEEDS IT")
        say(f"{right.function:<13} {right.statement:<37} {right.word:<32} {tests:>4} tests: {seen}")
    spare = [right for right in rights if not ledger.leaning[right]]
    statements = {(right.function, right.statement) for right in rights}
    say(f"{len(statements)} statements; {len(rights)} words, each taken away by itself:")
    say(f"  {len(ledger.failed)} times a test failed")
    say(
        f"  {len(rights) - len(spare) - len(ledger.failed)} times the function was refused something and made up for it"
    )
    say(f"  {len(spare)} times nothing was refused: a right too many")
    for test in sorted(ledger.broken):
        say(f"With nothing taken away this failed: {test}")
    return 1 if spare or ledger.broken else 0


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
