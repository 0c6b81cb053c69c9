"""Files that are brought to the bucket: out of Slack, and out of a check that somebody wants stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.chain.fetching import Fetch
from rollcall.errands.errand import Done

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools


def fetch_file(tools: Tools, errand: Errand) -> Done:
    """Brings a file that was dropped or sent in Slack."""
    job = errand.message
    result = tools.fetcher.from_slack(
        job["upload"], job["team"], job["file"], last=errand.last, reference=errand.reference
    )
    return _fetched(result, job["upload"])


def import_check(tools: Tools, errand: Errand) -> Done:
    """Brings a file that was checked to where it is stored from."""
    job = errand.message
    return _fetched(tools.fetcher.from_check(job["upload"], job["check"], reference=errand.reference), job["upload"])


def _fetched(result: Fetch, upload: str) -> Done:
    lost = result in (Fetch.GIVEN_UP, Fetch.LAPSED)
    return Done("File fetched", {"result": result.value, "upload": upload}, {"FilesNotFetched": 1} if lost else {})
