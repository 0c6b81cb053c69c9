"""Installations by workspace, and the account that a person chose to act for. Both lie in the accounts table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from rollcall.installations import Installation
from rollcall.store.accounts_table import person_pk
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from rollcall.accounts import Person

_INSTALLATION: Final = "installation"
_CHOICE: Final = "choice"


class InstallationItem(Model):
    """``workspace#T0ACME`` / ``installation``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=_INSTALLATION)
    bot_token = UnicodeAttribute()
    bot_id = UnicodeAttribute()
    bot_user = UnicodeAttribute()
    name = UnicodeAttribute(default="")


class ChoiceItem(Model):
    """``person#T0ACME#U0RAE`` / ``choice``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=_CHOICE)
    account = UnicodeAttribute()


class InstallationsStore:
    """Finds the installation that a request came from or a message goes to.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(InstallationItem, table, region=region, host=host)

    def find(self, team: str, enterprise: str = "") -> Installation | None:
        """The workspace's own installation, else the organisation's; None if Rollcall is not installed there."""
        for place in (team, enterprise):
            if not place:
                continue
            try:
                item = self._items.get(f"workspace#{place}", _INSTALLATION)
            except self._items.DoesNotExist:
                continue
            return Installation(
                team=place,
                bot_token=item.bot_token,
                bot_id=item.bot_id,
                bot_user=item.bot_user,
                name=item.name,
            )
        return None

    def put(self, installation: Installation) -> None:
        """Stores an installation; a later one of the same workspace replaces it."""
        self._items(
            pk=f"workspace#{installation.team}",
            bot_token=installation.bot_token,
            bot_id=installation.bot_id,
            bot_user=installation.bot_user,
            name=installation.name,
        ).save()


class ChoicesStore:
    """Remembers for which of their accounts a person acts.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(ChoiceItem, table, region=region, host=host)

    def get(self, person: Person) -> str:
        """The account chosen last; empty if none was. It gives no rights: memberships are read apart."""
        try:
            return self._items.get(person_pk(person), _CHOICE).account
        except self._items.DoesNotExist:
            return ""

    def put(self, person: Person, account: str) -> None:
        """Remembers a choice."""
        self._items(pk=person_pk(person), account=account).save()
