"""A condition that does not hold is an answer; everything else that goes wrong is a fault."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import DeleteError, UpdateError

from rollcall.store.conditional_writes import deleted, updated


class Item:
    """An item whose writes fail with a code; "" for none."""

    def __init__(self, code):
        self.code = code

    def _fail(self, kind, operation):
        if self.code:
            raise kind(cause=ClientError({"Error": {"Code": self.code, "Message": "no"}}, operation))

    def update(self, *, actions, condition):
        self._fail(UpdateError, "UpdateItem")

    def delete(self, *, condition):
        self._fail(DeleteError, "DeleteItem")


WRITES = pytest.mark.parametrize("write", [lambda item: updated(item, [], None), lambda item: deleted(item, None)])


@WRITES
@pytest.mark.parametrize(("code", "done"), [("", True), ("ConditionalCheckFailedException", False)])
def test_it_says_whether_the_condition_held(write, code, done):
    assert write(Item(code)) is done


@WRITES
@pytest.mark.parametrize("code", ["ThrottlingException", "AccessDeniedException"])
def test_what_else_is_refused_is_raised(write, code):
    with pytest.raises((UpdateError, DeleteError)) as raised:
        write(Item(code))
    assert raised.value.cause_response_code == code
