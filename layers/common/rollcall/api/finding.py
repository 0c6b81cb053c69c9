"""The upload that somebody names in an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.api.problems import refused

if TYPE_CHECKING:
    from rollcall.scopes import Scope
    from rollcall.store.upload_lists import UploadLists
    from rollcall.uploads import Upload


def find(lists: UploadLists, scope: Scope, typed: str) -> Upload:
    """The upload that an id, or a beginning of one, means to an account.

    Raises:
        ProblemError: none is, or several are.
    """
    fits = lists.find(scope, typed)
    if not fits:
        raise refused("NOT_FOUND")
    if len(fits) > 1:
        raise refused("UPLOAD_AMBIGUOUS")
    return fits[0]
