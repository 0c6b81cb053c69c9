"""How long a customer's decisions can be undone: as the deployment has it, or as its admins set it (row B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.decisions import Windows
    from rollcall.store.accounts import AccountsStore


def windows_of(accounts: AccountsStore, customer: str, windows: Windows) -> Windows:
    """The windows of a customer's decisions.

    Args:
        accounts: what it set.
        customer: account id.
        windows: those of the deployment.
    """
    profile = accounts.customer(customer)
    return windows.of_customer(profile.undo_seconds if profile else None)
