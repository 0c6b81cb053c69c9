"""The rooms of the desk, each furnished when somebody first enters it: a cold start waits for one, not for all."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rollcall.desk.customers import CustomerNames
from rollcall.desk.visits import Visits
from rollcall.store.accounts import AccountsStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.queues import Queue
from rollcall.store.sessions import LazyClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import Person
    from rollcall.desk.approvals import ApprovalDesk
    from rollcall.desk.companies import CompanyDesk
    from rollcall.desk.counter import Counter
    from rollcall.desk.devices import DeviceDesk
    from rollcall.desk.exchanges import ExchangeDesk
    from rollcall.desk.exports import ExportDesk
    from rollcall.desk.homes import HomeDesk
    from rollcall.desk.insights import InsightDesk
    from rollcall.desk.openings import OpenDesk
    from rollcall.desk.operators import OperatorDesk
    from rollcall.desk.people_inviting import InviteDesk
    from rollcall.desk.people_joining import JoinDesk
    from rollcall.desk.quality import QualityDesk
    from rollcall.desk.refreshes import RefreshDesk
    from rollcall.desk.removals import RemovalDesk
    from rollcall.desk.setup import SetupDesk
    from rollcall.desk.setup_forms import SetupForms
    from rollcall.desk.tags import TagDesk
    from rollcall.desk.undoing import UndoDesk
    from rollcall.desk.uploads import UploadDesk
    from rollcall.settings import Settings
    from rollcall.store.notices import NoticesStore
    from rollcall.store.upload_lists import UploadLists
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald


class Rooms:
    """The rooms on a stack's tables, bucket and queues.

    Args:
        settings: names of them.
        email_of: the address that Slack has for somebody; empty where it does not say.
    """

    def __init__(self, settings: Settings, *, email_of: Callable[[Person], str] = lambda _person: "") -> None:
        self._settings = settings
        self._email_of = email_of

    @cached_property
    def accounts(self) -> AccountsStore:
        """Companies, links and people."""
        return AccountsStore(self._settings.accounts_table)

    @cached_property
    def visits(self) -> Visits:
        """Who asks."""
        return Visits(self.accounts, ChoicesStore(self._settings.accounts_table))

    @cached_property
    def customers(self) -> CustomerNames:
        """Finds the customer that somebody names."""
        return CustomerNames(self.accounts)

    @cached_property
    def uploads(self) -> UploadsStore:
        """Single uploads."""
        from rollcall.store.uploads import UploadsStore

        return UploadsStore(self._settings.uploads_table)

    @cached_property
    def upload_lists(self) -> UploadLists:
        """Lists of uploads."""
        from rollcall.store.upload_lists import UploadLists

        return UploadLists(self._settings.uploads_table)

    @cached_property
    def devices(self) -> DeviceDesk:
        """Questions about devices."""
        from rollcall.desk.devices import DeviceDesk
        from rollcall.store.device_lists import DeviceLists
        from rollcall.store.devices import DevicesStore

        return DeviceDesk(
            self.customers,
            DevicesStore(self._settings.devices_table),
            DeviceLists(self._settings.devices_table, self._settings.uploads_table),
            self.accounts,
        )

    @cached_property
    def files(self) -> UploadDesk:
        """Questions about uploads."""
        from rollcall.desk.uploads import UploadDesk
        from rollcall.store.upload_errors import UploadErrors

        errors = UploadErrors(LazyClient("s3"), self._settings.bucket)
        return UploadDesk(self.customers, self.upload_lists, self.uploads, errors, lambda: self.undoing)

    @cached_property
    def joining(self) -> JoinDesk:
        """Lets people in who have a code."""
        from rollcall.desk.people_joining import JoinDesk

        return JoinDesk(self.accounts, email_of=self._email_of)

    @cached_property
    def inviting(self) -> InviteDesk:
        """Makes codes."""
        from rollcall.desk.people_inviting import InviteDesk

        public = self._settings.public_url
        return InviteDesk(self.accounts, self.visits, install=f"{public}/slack/install" if public else "")

    @cached_property
    def setup(self) -> SetupDesk:
        """What admins see of their account."""
        from rollcall.desk.setup import SetupDesk

        return SetupDesk(self.accounts, usual=self._settings.windows.few)

    @cached_property
    def setup_forms(self) -> SetupForms:
        """What admins change about it."""
        from rollcall.desk.setup_forms import SetupForms

        return SetupForms(self.accounts, self.visits, self.inviting, usual=self._settings.windows.few)

    @cached_property
    def refreshes(self) -> RefreshDesk:
        """What the manufacturer's registry is asked again."""
        from rollcall.desk.refreshes import RefreshDesk

        return RefreshDesk.from_settings(self._settings)

    @cached_property
    def companies(self) -> CompanyDesk:
        """Questions about oneself and one's customers."""
        from rollcall.desk.companies import CompanyDesk

        return CompanyDesk(self.accounts)

    @cached_property
    def approvals(self) -> ApprovalDesk:
        """Decisions."""
        from rollcall.desk.approvals import ApprovalDesk

        return ApprovalDesk.from_settings(self._settings)

    @cached_property
    def counter(self) -> Counter:
        """Ways in for files."""
        from rollcall.desk.counter import Counter

        return Counter.from_settings(self._settings)

    @cached_property
    def removals(self) -> RemovalDesk:
        """Deletes."""
        from rollcall.desk.removals import RemovalDesk

        return RemovalDesk.from_settings(self._settings)

    @cached_property
    def exchanges(self) -> ExchangeDesk:
        """Exchanges IMEIs."""
        from rollcall.desk.exchanges import ExchangeDesk

        return ExchangeDesk.from_settings(self._settings)

    @cached_property
    def tags(self) -> TagDesk:
        """Tags devices."""
        from rollcall.desk.tags import TagDesk

        return TagDesk.from_settings(self._settings)

    @cached_property
    def undoing(self) -> UndoDesk:
        """Takes uploads back."""
        from rollcall.desk.undoing import UndoDesk

        return UndoDesk.from_settings(self._settings)

    @cached_property
    def operators(self) -> OperatorDesk:
        """What goes wrong anywhere."""
        from rollcall.desk.operators import OperatorDesk

        return OperatorDesk.from_settings(
            self._settings,
            self.accounts,
            self._insights,
            lambda command, turn: self.inviting.list_invitations(command, turn),  # noqa: PLW0108 - furnished when asked
        )

    def _insights(self, herald: Herald, notices: NoticesStore) -> InsightDesk:
        """What a company has, for operators who said why."""
        from rollcall.desk.insights import InsightDesk

        return InsightDesk(
            accounts=self.accounts,
            devices=self.devices,
            files=self.files,
            lists=self.upload_lists,
            notices=notices,
            herald=herald,
        )

    @cached_property
    def openings(self) -> OpenDesk:
        """What notices in shared channels are about."""
        from rollcall.desk.openings import OpenDesk

        return OpenDesk.from_settings(self._settings, self.accounts, self.visits)

    @cached_property
    def exports(self) -> ExportDesk:
        """Lists as files."""
        from rollcall.desk.exports import ExportDesk

        return ExportDesk(Queue(LazyClient("sqs"), self._settings.jobs_queue_url))

    @cached_property
    def quality(self) -> QualityDesk:
        """How good uploads are."""
        from rollcall.desk.quality import QualityDesk

        return QualityDesk.from_settings(self._settings, self.exports)

    @cached_property
    def homes(self) -> HomeDesk:
        """App Home."""
        from rollcall.desk.homes import HomeDesk
        from rollcall.store.parts import PartsStore
        from rollcall.store.pending_uploads import PendingUploads

        tables = {"devices": self._settings.devices_table, "uploads": self._settings.uploads_table}
        dynamodb = LazyClient("dynamodb")
        return HomeDesk(
            self.visits,
            self.upload_lists,
            self.uploads,
            pending=PendingUploads(dynamodb, **tables),
            parts=PartsStore(dynamodb, **tables),
            operators=lambda: self.operators,
            quality=lambda: self.quality,
        )
