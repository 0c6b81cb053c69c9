"""The desk: takes a question in words, answers with a message. Reads only; nothing here changes a device."""

from rollcall.desk.counter import Counter
from rollcall.desk.desk import Desk
from rollcall.desk.outbox import Outbox

__all__ = ["Counter", "Desk", "Outbox"]
