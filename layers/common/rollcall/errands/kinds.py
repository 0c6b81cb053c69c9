"""The table of kinds. Who has a new kind of work adds a line here and a function in a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errands import (
    arrivals,
    audits,
    catalogues,
    decisions,
    exchanges,
    files,
    letters,
    lists,
    look_ups,
    refreshes,
    removals,
    resellers,
    sheets,
)
from rollcall.jobs import JobKind
from rollcall.removals import RemovalKind
from rollcall.ruling import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.errands.errand import Kind

#: ``kind`` of a message in the jobs queue → what does it.
KINDS: Final[Mapping[str, Kind]] = {
    JobKind.DECIDE_UPLOAD: decisions.decide,
    JobKind.DECIDE_LIST: decisions.decide,
    JobKind.UNDO_DECISION: decisions.decide,
    JobKind.BULK_ACCEPT: decisions.decide,
    RemovalKind.DELETE: removals.remove,
    RemovalKind.UNDO_UPLOAD: removals.remove,
    refreshes.KIND: refreshes.refresh,
    refreshes.AGAIN: refreshes.ask_again,
    messages.ARRIVED: arrivals.arrived,
    messages.RECOUNT: arrivals.recount_upload,
    messages.RECOUNT_ORDERS: arrivals.recount_orders,
    messages.TRY_RULE: arrivals.try_rule,
    "exchange": exchanges.exchange,
    "accept_file": decisions.accept_file,
    "audit": audits.audit,
    "look_at_letters": letters.look_at_letters,
    "replay_letters": letters.replay_letters,
    "list_file": lists.list_file,
    "list_template": lists.list_template,
    "look_up": look_ups.look_up,
    "reseller_changed": resellers.reseller_changed,
    "device_sheet": sheets.device_sheet,
    "export": sheets.export,
    "fetch_file": files.fetch_file,
    "import_catalogue": catalogues.import_catalogue,
    "import_check": files.import_check,
    "report": sheets.report,
}
