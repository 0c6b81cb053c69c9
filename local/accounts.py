"""Puts an accounts file into a running local stack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import ops  # noqa: F401 - puts the layer on the path
from local.emulator import ACCESS_KEY, REGION, SECRET_KEY
from rollcall.store.accounts import AccountsStore
from rollcall.store.binding import forget

if TYPE_CHECKING:
    from local.stack import Stack
    from rollcall.accounts import Directory
    from rollcall.store.accounts import Changes


def apply_accounts(stack: Stack, directory: Directory) -> Changes:
    """Makes the stack's accounts say what the directory says; what was decided in Slack since then stays.

    The stack's dummy keys become those of this process, as the accounts store takes its keys from the environment.

    Args:
        stack: the running stack.
        directory: the accounts, with the API keys of the local stack.

    Raises:
        AccountsError: an account of the directory contradicts one that is there.
    """
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        os.environ.pop(name, None)
    os.environ.update(AWS_ACCESS_KEY_ID=ACCESS_KEY, AWS_SECRET_ACCESS_KEY=SECRET_KEY)
    forget()  # clients keep the keys that they were made with
    return AccountsStore(stack.outputs["AccountsTableName"], region=REGION, host=stack.endpoint).apply(directory)
