"""The desk: takes a question in words, answers with a message. Only decisions change a device."""

from rollcall.desk.approvals import ApprovalDesk
from rollcall.desk.counter import Counter
from rollcall.desk.deciding import Click
from rollcall.desk.desk import Desk
from rollcall.desk.outbox import Outbox

__all__ = ["ApprovalDesk", "Click", "Counter", "Desk", "Outbox"]
