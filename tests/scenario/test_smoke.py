"""The checks for a real account, on the nearest thing to one that is here; and that they notice what differs."""

import pytest

from local.stack import running_stack
from ops.smoke.__main__ import run
from ops.smoke.account import Account
from ops.smoke.checks import CHECKS
from ops.smoke.refusals import WrongError
from ops.smoke.tables import batches
from tests.cloud import running_cloud

#: What the emulated AWS does otherwise, each for a reason that is its own.
OTHERWISE = {
    "S3 wants parts of 5 MB",
    "The bucket refuses plain HTTP and the public",  # the local stack speaks plain HTTP, and says so to the template
    "Requests over 10 MB do not reach our code",
}


@pytest.mark.stack
def test_the_local_stack_differs_in_what_is_known_and_in_nothing_else(tmp_path):
    with running_stack(tmp_path) as stack:
        url = f"{stack.endpoint}/_aws/execute-api/{stack.outputs['SlackApiId']}/$default/slack/events"
        account = Account(stack.client, stack.outputs, url, "test")
        said = []
        failed = run(account, [check for check in CHECKS if "snapshot" not in check.name], said.append)
        tables = stack.client("dynamodb").list_tables()["TableNames"]

    assert set(failed) == OTHERWISE, "\n".join(said)
    assert not [name for name in tables if "smoke" in name], "each table is deleted"


def test_an_emulator_that_takes_too_much_is_noticed():
    """One that takes batches of any size is moto."""
    with running_cloud() as cloud:
        account = Account(cloud.client, {}, "", "test")
        with pytest.raises(WrongError, match="26 writes was taken"):
            batches(account)


def test_a_check_that_fails_does_not_keep_the_next_from_running():
    said = []

    def broken(_account):
        raise KeyError("SlackRequestUrl")

    fine = CHECKS[0].__class__("fine", lambda _account: "seen", 0.0)
    bad = CHECKS[0].__class__("bad", broken, 0.0)

    assert run(None, [bad, fine], said.append) == ["bad"]
    assert said[1] == "  ok    fine: seen"


def test_what_they_cost_is_said_beforehand():
    assert all(check.usd >= 0 for check in CHECKS)
    assert sum(check.usd for check in CHECKS) < 0.10
