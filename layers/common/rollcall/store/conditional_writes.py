"""Writes that are made only if a condition holds, each saying whether it was; every other fault is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pynamodb.exceptions import DeleteError, UpdateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.models import Model

_CONDITION_FAILED: Final = "ConditionalCheckFailedException"


def updated(item: Model, actions: Sequence[Action], condition: Condition) -> bool:
    """Changes an item if it meets a condition; whether it did.

    Raises:
        UpdateError: DynamoDB refused or failed for another reason.
    """
    try:
        item.update(actions=list(actions), condition=condition)
    except UpdateError as error:
        if error.cause_response_code != _CONDITION_FAILED:
            raise
        return False
    return True


def deleted(item: Model, condition: Condition) -> bool:
    """Deletes an item if it meets a condition; whether it did.

    Raises:
        DeleteError: DynamoDB refused or failed for another reason.
    """
    try:
        item.delete(condition=condition)
    except DeleteError as error:
        if error.cause_response_code != _CONDITION_FAILED:
            raise
        return False
    return True
