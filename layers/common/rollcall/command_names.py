"""What our slash commands are called in the deployment that this process is part of.

Of two apps that claim one slash command the last installed gets it, so a deployment may put a suffix behind the names
of all of ours. A process serves one deployment, and the suffix is one of its settings: it is said once, when those are
read. Every command that is shown goes through `real_name`, so nobody who writes a sentence has to hand it on, or can
forget to.
"""

from __future__ import annotations

from typing import Final

#: The slash command on which the whole grammar hangs, without a suffix.
COMMAND: Final = "/rollcall"
#: Area → its own slash command, likewise; "" is the one for all.
COMMANDS: Final = {"": COMMAND, "devices": "/devices", "uploads": "/uploads", "approvals": "/approvals"}
_BARE: Final = frozenset(COMMANDS.values())


class _Deployment:
    """What is said once.

    Attributes:
        suffix: behind each name; empty for none.
    """

    suffix: str = ""


_THIS: Final = _Deployment()


def use_suffix(suffix: str) -> None:
    """Says what this deployment puts behind the names of its commands; empty for nothing."""
    _THIS.suffix = suffix


def real_name(command: str = COMMAND) -> str:
    """The name that a command has here.

    Args:
        command: its name without a suffix; any other name is taken as it is, such as one that somebody typed.
    """
    return f"{command}{_THIS.suffix}" if command in _BARE else command
