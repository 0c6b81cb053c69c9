"""Which registry a stack asks, by its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.registry import Opinion, Verdict
from rollcall.store.registry_catalogue import CatalogueRegistry, CatalogueStore
from rollcall.store.registry_http import HttpRegistry
from rollcall.store.secrets import Secrets
from rollcall.store.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.registry import Inquiry, Registry
    from rollcall.settings import Settings
    from rollcall.store.sessions import LazyClient

#: Name of the parameter.
TOKEN: Final = "token"  # noqa: S105 - a name


class Registries:
    """The registry of a stack, for one worker after the other; what a catalogue's answers were is remembered.

    Args:
        settings: which registry, and the table that the catalogue is in.
        dynamodb: client.
        secrets: where the token of a server is; by default in Parameter Store.
    """

    def __init__(
        self, settings: Settings, dynamodb: DynamoDBClient | LazyClient, *, secrets: Secrets | None = None
    ) -> None:
        self._settings = settings
        self._dynamodb = dynamodb
        self._secrets = secrets or Secrets(settings.registry_secrets)
        self._catalogue: CatalogueRegistry | None = None

    def catalogue_store(self, seconds_left: Callable[[], float]) -> CatalogueStore:
        """The catalogue in the system."""
        transactions = Transactions(self._dynamodb, seconds_left=seconds_left)
        return CatalogueStore(self._dynamodb, transactions, self._settings.accounts_table)

    def registry(self, seconds_left: Callable[[], float]) -> Registry:
        """Whom a worker asks.

        Args:
            seconds_left: how long it may still run.
        """
        store = self.catalogue_store(seconds_left)
        if self._catalogue is None:
            self._catalogue = CatalogueRegistry(store)
        catalogue = self._catalogue.with_store(store)
        if not self._settings.registry_url:
            return catalogue
        server = HttpRegistry(
            self._settings.registry_url,
            token=self._secrets.get(TOKEN),
            seconds=self._settings.registry_seconds,
            seconds_left=seconds_left,
        )
        return ServerFirst(server, catalogue)


class ServerFirst:
    """A server's opinions, with the models of the catalogue in the system where the server names none.

    Args:
        server: says whether a device is recognised.
        catalogue: knows models.
    """

    def __init__(self, server: Registry, catalogue: Registry) -> None:
        self._server = server
        self._catalogue = catalogue

    def ask(self, inquiries: Sequence[Inquiry]) -> list[Verdict]:
        """What is known of some devices, in their order."""
        verdicts = self._server.ask(inquiries)
        if all(one.models or one.opinion is Opinion.UNAVAILABLE for one in verdicts):
            return verdicts
        known = self._catalogue.ask(inquiries)
        return [
            one if one.models else Verdict(one.opinion, other.models)
            for one, other in zip(verdicts, known, strict=True)
        ]
