"""Workspaces that come and go: their companies are told by the ways that are left, and what waited is told later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.notices import workspace_notice
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.uploads import utc
from rollcall.views import workspaces as views
from rollcall.views.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.installation_store import DynamoInstallationStore
    from rollcall.store.notices import NoticesStore
    from rollcall.store.posts import PostsStore
    from rollcall.store.team_accounts import TeamAccounts
    from rollcall.store.workspaces import WorkspacesStore
    from rollcall.telling.herald import Herald

#: Notices nobody took that are looked through when a workspace comes back.
_MOST: Final = 1_000
#: The note of a notice whose workspace works.
_BACK: Final = "back"


class WorkspaceNews:
    """Draws what the companies of a workspace are told.

    Args:
        workspaces: what is known of it.
        accounts: whose it is.
        posts: where it was told.
        install_url: where Rollcall is installed; empty if that is not known.
    """

    def __init__(
        self, workspaces: WorkspacesStore, accounts: AccountsStore, posts: PostsStore, install_url: str
    ) -> None:
        self._workspaces = workspaces
        self._accounts = accounts
        self._posts = posts
        self._install_url = install_url

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """It is told at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What is true of the workspace now; None where it works and nobody was told of anything else."""
        place, account = kept.notice.subject, kept.notice.account
        workspace = self._workspaces.get(place)
        profile = self._accounts.reseller(account) or self._accounts.customer(account)
        if workspace is None or profile is None:
            return None
        if workspace.works and not any(post.is_live for post in self._posts.of(kept.notice.id).values()):
            return None
        name, say = workspace.name or place, Wording(profile.language)
        message = (
            views.workspace_back(name, profile.name, account, say)
            if workspace.works
            else views.workspace_lost(
                name, workspace.trouble, profile.name, account, install_url=self._install_url, say=say
            )
        )
        return News(
            stops=route(None, profile.notify, self._accounts.members_of(account)),
            draw=lambda *_: message,
            state=_BACK if workspace.works else workspace.trouble or "left",
        )


class Workspaces:
    """Does what is to be done when a workspace goes or comes. Each may be done twice.

    Args:
        workspaces: what is known of them.
        installations: whose tokens end.
        companies: those of a workspace.
        notices: what they are told.
        posts: where they were told.
        herald: has it told.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        workspaces: WorkspacesStore,
        installations: DynamoInstallationStore,
        companies: TeamAccounts,
        notices: NoticesStore,
        posts: PostsStore,
        herald: Herald,
        clock: Callable[[], float],
    ) -> None:
        self._workspaces = workspaces
        self._installations = installations
        self._companies = companies
        self._notices = notices
        self._posts = posts
        self._herald = herald
        self._clock = clock

    def left(self, place: str, *, happened_at: float, people: Sequence[str] = ()) -> tuple[str, ...]:
        """Rollcall was removed, or people took their own tokens back.

        Args:
            place: id of the workspace or organisation.
            happened_at: when, by Slack's clock, epoch seconds.
            people: whose own tokens ended, and nothing else.

        Returns:
            The accounts that are told.
        """
        if people:
            self._installations.forget_people(place, people, happened_at=happened_at)
            return ()
        if not self._installations.leave(place, happened_at=happened_at, now=self._clock()):
            return ()  # it came back meanwhile
        return self.silent(place)

    def silent(self, place: str) -> tuple[str, ...]:
        """Has the companies of a workspace told that Rollcall cannot speak there.

        Args:
            place: id of the workspace or organisation.

        Returns:
            The accounts that are told.
        """
        accounts = self._companies.of(place)
        for account in accounts:
            notice = workspace_notice(place, account)
            known = self._notices.get(notice.id)
            if known is None:
                self._herald.begin(notice, at=self._now())
                continue
            if known.note == _BACK:
                # What was said of the last time is over; a new message is noticed, an edited one is not.
                self._posts.forget(notice.id)
                self._notices.note(notice.id, "")
            self._herald.mark(notice, at=self._now())
        return accounts

    def arrived(self, place: str) -> int:
        """Rollcall was installed: who was told that it was gone hears so, and what nobody took is tried again.

        Args:
            place: id of the workspace or organisation.

        Returns:
            How many notices are told again.
        """
        workspace = self._workspaces.get(place)
        if workspace is None or not workspace.works:
            return 0  # it was announced, and then could not be stored
        accounts = self._companies.of(place)
        for account in accounts:
            notice = workspace_notice(place, account)
            if self._notices.get(notice.id):
                self._notices.note(notice.id, _BACK)
                self._herald.mark(notice, at=self._now())
        waiting = [kept for kept in self._notices.list_undelivered(limit=_MOST) if kept.notice.account in accounts]
        for kept in waiting:
            self._herald.mark(kept.notice, at=self._now())
        return len(waiting)

    def _now(self) -> str:
        return utc(datetime.fromtimestamp(self._clock(), UTC))
