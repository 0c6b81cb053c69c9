"""Rows of installations in the accounts table: what lies under which key.

| pk | sk | what |
|---|---|---|
| `workspace#T0ACME` | `installation` | the bot there: its ids, and its tokens under lock |
| `workspace#T0ACME` | `installer` | the person who installed last, likewise with their tokens, if any |
| `workspace#T0ACME` | `installer#U0RAE` | each person who installed |
| `workspaces` | `T0ACME` | what operators know of the workspace; it stays when Rollcall is removed |

An org-wide installation lies under the organisation's id. A workspace of such an organisation has a pointer in place of
an installation of its own, so that a message to it finds its way by the workspace's id alone.
"""

from __future__ import annotations

from typing import Final

from pynamodb.attributes import BinaryAttribute, BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

INSTALLATION: Final = "installation"
INSTALLER: Final = "installer"
WORKSPACES: Final = "workspaces"


def workspace_pk(place: str) -> str:
    """Partition of a workspace or an organisation."""
    return f"workspace#{place}"


def installer_sk(user: str) -> str:
    """Sort key of the person who installed; without a user, of the last one."""
    return f"{INSTALLER}#{user}" if user else INSTALLER


class InstallationItem(Model):
    """``workspace#T0ACME`` / ``installation``.

    Attributes:
        tokens: the bot's token, and its refresh token where tokens are exchanged, under lock.
        bot_token: in the open, as it was stored before there was a lock; read, and closed at the first chance.
        through: this is a pointer to the installation of that organisation.
        details: the rest of what slack_sdk keeps of a bot; no secrets.
        exchanging_until: a worker exchanges the tokens until then, epoch seconds.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=INSTALLATION)
    tokens = BinaryAttribute(legacy_encoding=False, null=True)
    bot_token = UnicodeAttribute(null=True)
    bot_id = UnicodeAttribute(null=True)
    bot_user = UnicodeAttribute(null=True)
    name = UnicodeAttribute(null=True)
    enterprise = UnicodeAttribute(null=True)
    through = UnicodeAttribute(null=True)
    installed_at = NumberAttribute(null=True)
    details = JSONAttribute(null=True)
    exchanging_until = NumberAttribute(null=True)


class InstallerItem(Model):
    """``workspace#T0ACME`` / ``installer`` or ``installer#U0RAE``.

    Attributes:
        user: who installed.
        tokens: the person's own tokens under lock, if the app asks for any; the bot's stand in the bot's row alone.
        details: the rest of what slack_sdk keeps of it.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    user = UnicodeAttribute()
    enterprise = UnicodeAttribute(null=True)
    tokens = BinaryAttribute(legacy_encoding=False, null=True)
    installed_at = NumberAttribute()
    details = JSONAttribute()


class WorkspaceItem(Model):
    """``workspaces`` / ``T0ACME``; see `rollcall.installations.Workspace`."""

    pk = UnicodeAttribute(hash_key=True, default=WORKSPACES)
    sk = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute(null=True)
    enterprise = UnicodeAttribute(null=True)
    org_wide = BooleanAttribute(null=True)
    installed_at = NumberAttribute(null=True)
    left_at = NumberAttribute(null=True)
    trouble = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)


def place_of(enterprise: str | None, team: str | None, org_wide: bool | None = False) -> str:  # noqa: FBT001, FBT002 - in the order of slack_sdk's own arguments
    """The id that an installation lies under; no workspace has the id "none"."""
    return (enterprise if org_wide or not team else team) or "none"
