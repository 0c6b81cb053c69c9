"""What follows when a customer registers a reseller, blocks it or lets it in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.errands.errand import Done

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools


def reseller_changed(tools: Tools, errand: Errand) -> Done:
    """Has the messages follow about the reseller's uploads in which something waits: they say how it stands."""
    customer, reseller = errand.message["customer"], errand.message["reseller"]
    workshop = tools.workshop(errand.seconds_left)
    parts = workshop.decisions.parts
    uploads = [
        upload
        for upload in parts.uploads_of(customer, reseller)
        if (part := parts.get(upload, customer)) and part.stored > parts.figures(upload, customer).settled
    ]
    for upload in uploads:
        workshop.tidings.freshen(upload, customer)
    return Done("Messages follow a reseller's standing", {"uploads": len(uploads)})
