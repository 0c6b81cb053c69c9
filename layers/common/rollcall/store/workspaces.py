"""What operators know of workspaces, in one partition: those with Rollcall, and those that had it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.installations import Workspace
from rollcall.store.binding import bind
from rollcall.store.conditional_writes import updated
from rollcall.store.installation_rows import WORKSPACES, WorkspaceItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.expressions.condition import Condition


class WorkspacesStore:
    """Lists workspaces.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(WorkspaceItem, table, region=region, host=host)

    def all(self) -> Iterator[Workspace]:
        """Every workspace and organisation that Rollcall is or was in, by id. A thousand are some 150 KB to read."""
        for item in self._items.query(WORKSPACES):
            yield _workspace(item)

    def get(self, place: str) -> Workspace | None:
        """One of them by its id; None if Rollcall never was there."""
        try:
            return _workspace(self._items.get(WORKSPACES, place, consistent_read=True))
        except self._items.DoesNotExist:
            return None

    def trouble(self, workspace: Workspace, code: str) -> bool:
        """Remembers what keeps Rollcall from speaking in a workspace; False if it was installed anew meanwhile.

        Args:
            workspace: as it was read.
            code: Slack's.
        """
        same: Condition = WorkspaceItem.installed_at == workspace.installed_at
        if not workspace.installed_at:
            same = WorkspaceItem.installed_at.does_not_exist()
        return updated(
            self._items(sk=workspace.id),
            [WorkspaceItem.trouble.set(code), WorkspaceItem.expires_at.remove()],
            WorkspaceItem.sk.exists() & same,
        )


def _workspace(item: WorkspaceItem) -> Workspace:
    return Workspace(
        id=item.sk,
        name=item.name or "",
        enterprise=item.enterprise or "",
        org_wide=bool(item.org_wide),
        installed_at=float(item.installed_at or 0),
        left_at=float(item.left_at or 0),
        trouble=item.trouble or "",
        expires_at=int(item.expires_at or 0),
    )
