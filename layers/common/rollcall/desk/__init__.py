"""The desk: takes a question in words, answers with a message. Only decisions change a device."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rollcall.desk.approvals import ApprovalDesk
    from rollcall.desk.clicks import Click
    from rollcall.desk.counter import Counter
    from rollcall.desk.desk import Desk
    from rollcall.desk.outbox import Outbox
    from rollcall.desk.rooms import Rooms

__all__ = ["ApprovalDesk", "Click", "Counter", "Desk", "Outbox", "Rooms"]

_MODULES: Final = {
    "ApprovalDesk": "approvals",
    "Click": "clicks",
    "Counter": "counter",
    "Desk": "desk",
    "Outbox": "outbox",
    "Rooms": "rooms",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what stands in `__all__`
    """Imports a room when it is first asked for: a first request needs one of them."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
