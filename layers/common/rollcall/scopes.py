"""Whose eyes a list is read with: nobody sees another company's devices or uploads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.conflicts import Generation
    from rollcall.uploads import Upload


class Side(StrEnum):
    """On which side of a sale an account is."""

    RESELLER = "reseller"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Scope:
    """The account that asks.

    Attributes:
        account: its id, out of the stored membership and never out of what was clicked or typed.
        side: which of the two owners of a device it is.
    """

    account: str
    side: Side

    @property
    def is_reseller(self) -> bool:
        """Whether a reseller asks."""
        return self.side is Side.RESELLER

    def sees(self, generation: Generation) -> bool:
        """Whether a device is there for this account."""
        owner = generation.reseller if self.is_reseller else generation.customer
        return owner == self.account

    def owns(self, upload: Upload) -> bool:
        """Whether an upload is the account's own. A customer owns none; it may have a part of one."""
        return self.is_reseller and upload.reseller == self.account
