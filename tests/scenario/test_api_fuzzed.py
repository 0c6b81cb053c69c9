"""The API under thousands of requests that a program makes up from its description: never a fault, never a surprise."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exhaustive import EXHAUSTIVE
from tests.office import api
from tests.partner import Partner, PartnerGateway, give_keys, key_of

#: What it makes up of each operation and each check, and the requests that this makes at the least, over all runs.
EXAMPLES, ENOUGH = (40, 2_000) if EXHAUSTIVE else (12, 600)
#: All but three: a cursor, an alias or a job that was made up is rightly refused, however well it is spelt; nothing
#: here frees what it made; and whose things are whose is `test_not_yours.py`.
LEFT_OUT = "positive_data_acceptance,use_after_free,object_level_authorization"
MADE = re.compile(r"([\d,]+) generated")


@pytest.fixture(scope="module")
def gateway(open_office):
    """The API on a cloud with the sample devices in it; keys may ask as often as they like."""
    give_keys(open_office.cloud.accounts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("API_REQUESTS_PER_MINUTE", "1000000")
        api.api.cache_clear()
        gateway = PartnerGateway(Partner())
        yield gateway
        gateway.close()
    api.api.cache_clear()


def run(gateway, role, folder):
    """Lets the program make up requests with the key of a role; how many it made."""
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{gateway.url}/v1/openapi.json"),
        *("--url", gateway.url, "--header", f"Authorization: Bearer {key_of(role)}", "--no-color"),
        *("--checks", "all", "--exclude-checks", LEFT_OUT, "--continue-on-failure", "--request-timeout", "60"),
        *("--max-examples", str(EXAMPLES), "--seed", "7", "--suppress-health-check", "all"),
        *("--generation-database", "none"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
    return int(MADE.search(done.stdout)[1].replace(",", ""))


@pytest.mark.feature("P20")
def test_no_request_leads_to_a_fault_or_to_an_answer_outside_the_description(gateway, tmp_path):
    made = sum(run(gateway, role, tmp_path) for role in ("reseller admin", "customer approver"))
    assert made >= ENOUGH
