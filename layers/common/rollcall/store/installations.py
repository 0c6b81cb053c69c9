"""Installations by workspace, and the account that a person chose to act for. Both lie in the accounts table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import PutError
from pynamodb.models import Model

from rollcall.installations import Installation
from rollcall.store.account_places import person_pk
from rollcall.store.binding import bind
from rollcall.store.conditional_writes import updated
from rollcall.store.installation_rows import INSTALLATION, InstallationItem, WorkspaceItem, workspace_pk
from rollcall.store.sealing import Seal

if TYPE_CHECKING:
    from rollcall.accounts import Person
    from rollcall.settings import Settings

_CHOICE: Final = "choice"


class ChoiceItem(Model):
    """``person#T0ACME#U0RAE`` / ``choice``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=_CHOICE)
    account = UnicodeAttribute()


class InstallationsStore:
    """Finds the installation that a request came from or a message goes to.

    Args:
        table: name of the accounts table.
        seal: opens and closes tokens; the default opens only.
        mends: closes tokens that were stored in the open when it meets them; only where rights allow writing.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(
        self,
        table: str,
        *,
        seal: Seal | None = None,
        mends: bool = False,
        region: str | None = None,
        host: str | None = None,
    ) -> None:
        self._items = bind(InstallationItem, table, region=region, host=host)
        self._workspaces = bind(WorkspaceItem, table, region=region, host=host)
        self._seal = seal or Seal()
        self._mends = mends

    @classmethod
    def from_settings(cls, settings: Settings, *, mends: bool = False) -> InstallationsStore:
        """The installations of a stack.

        Args:
            settings: names its table and its key.
            mends: as above.
        """
        return cls(settings.accounts_table, seal=Seal(settings.tokens_key), mends=mends)

    def find(self, team: str, enterprise: str = "") -> Installation | None:
        """The workspace's own installation, else the organisation's; None if Rollcall is not installed there.

        The row is read each time, so a token that was taken away is gone at once; only what KMS opened is remembered.

        Args:
            team: workspace id.
            enterprise: id of its organisation, where the request names one. A workspace that an org-wide installation
                speaks for is remembered, so that a message finds it later by the workspace alone.
        """
        item = self._get(team)
        if item is not None and not item.through:
            own = self._opened(team, item)
            if own is not None or not enterprise:
                return own
        through = enterprise or (item.through if item else "") or ""
        found = self._get(through)
        if found is None or found.through:
            return None
        return self._opened(through, found)

    def point(self, team: str, enterprise: str) -> bool:
        """Remembers that an organisation's installation speaks for a workspace that has none of its own.

        Returns:
            False where it has, or had one until a moment ago.
        """
        item = self._items(pk=workspace_pk(team), through=enterprise, enterprise=enterprise)
        try:
            item.save(condition=InstallationItem.pk.does_not_exist() | InstallationItem.through.exists())
        except PutError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def silence(self, place: str, *, happened_at: float) -> None:
        """Takes the bot's tokens away, at once and with one write; the rest of a farewell may take its time.

        Args:
            place: id of the workspace or organisation.
            happened_at: when its installation ended, epoch seconds. One that is newer keeps its tokens.
        """
        older = InstallationItem.installed_at.does_not_exist() | (InstallationItem.installed_at <= happened_at)
        updated(
            self._items(pk=workspace_pk(place)),
            [InstallationItem.tokens.remove(), InstallationItem.bot_token.remove()],
            InstallationItem.pk.exists() & older,
        )

    def put(self, installation: Installation, *, now: float = 0.0) -> None:
        """Stores an installation; a later one of the same workspace replaces it.

        Args:
            installation: of one workspace.
            now: epoch seconds; 0 where the moment does not matter.
        """
        place = installation.team
        tokens = self._seal.close({"bot_token": installation.bot_token}, workspace=place)
        item = self._items(
            pk=workspace_pk(place),
            tokens=tokens,
            bot_id=installation.bot_id,
            bot_user=installation.bot_user,
            name=installation.name or None,
            enterprise=installation.enterprise or None,
            installed_at=now or None,
        )
        row = self._workspaces(
            sk=place,
            name=installation.name or None,
            enterprise=installation.enterprise or None,
            installed_at=now or None,
        )
        item.save()
        row.save()

    def _get(self, place: str) -> InstallationItem | None:
        if not place:
            return None
        try:
            return self._items.get(workspace_pk(place), INSTALLATION, consistent_read=True)
        except self._items.DoesNotExist:
            return None

    def _opened(self, place: str, item: InstallationItem) -> Installation | None:
        if item.tokens:
            token = self._seal.open(item.tokens, workspace=place).get("bot_token", "")
        else:
            token = item.bot_token or ""
            if token and self._mends and self._seal.closes:
                self._close(place, token)
        if not token:
            return None
        return Installation(
            team=place,
            bot_token=token,
            bot_id=item.bot_id or "",
            bot_user=item.bot_user or "",
            name=item.name or "",
            enterprise=item.enterprise or "",
        )

    def _close(self, place: str, token: str) -> None:
        """Puts a token under lock that lies in the open, unless the row has changed meanwhile."""
        tokens = self._seal.close({"bot_token": token}, workspace=place)
        updated(
            self._items(pk=workspace_pk(place)),
            [InstallationItem.tokens.set(tokens), InstallationItem.bot_token.remove()],
            InstallationItem.bot_token == token,
        )


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
