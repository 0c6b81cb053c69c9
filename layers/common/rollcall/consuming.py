"""Takes messages from a queue, and remembers of those that fail how: a dead letter itself says nothing of it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType

from rollcall.letters import Failure, reference_in
from rollcall.references import reference
from rollcall.store.letters import LettersStore
from rollcall.uploads import utc

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger
    from aws_lambda_powertools.utilities.batch.base import FailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

#: The try from which on a failure is worth a write; before that the next one mostly does it.
_WORTH: Final = 3


class Consumer(BatchProcessor):
    """Processes messages one by one, and tells the queue of each that failed.

    Args:
        logger: of the function.
        calm: the function goes on where every message of a batch failed: they come back as they should, and what is a
            failure was logged.
    """

    def __init__(self, logger: Logger, *, calm: bool = False) -> None:
        super().__init__(event_type=EventType.SQS, raise_on_entire_batch_failure=not calm)
        self._logger = logger

    def failure_handler(self, record: Any, exception: Any) -> FailureResponse:  # noqa: ANN401 - as the base class has it
        """Notes a failure under the id of its message; nothing that goes wrong here hides the failure itself."""
        try:
            self._note(record, int(record.attributes.approximate_receive_count or 1), exception[1])
        except Exception:
            self._logger.exception("Failure not noted")
        return super().failure_handler(record, exception)

    def _note(self, record: SQSRecord, tries: int, error: BaseException) -> None:
        if tries < _WORTH:
            return
        context = getattr(self, "lambda_context", None)
        name = reference_in(record.body) or reference(str(getattr(context, "aws_request_id", "")), record.message_id)
        self._logger.warning("Message failed", error=error_name(error), tries=tries, reference=name)
        now = time.time()
        LettersStore(os.environ["UPLOADS_TABLE"]).note_failure(
            record.message_id, Failure(error_name(error), name, utc(datetime.fromtimestamp(now, UTC))), now=now
        )


def error_name(error: BaseException) -> str:
    """What went wrong without a word of its text, which may quote what a company wrote.

    Args:
        error: the exception; of one that wraps what a service answered, the service's code is named as well.
    """
    for cause in (error, getattr(error, "cause", None), error.__cause__):
        response = getattr(cause, "response", None)
        answer = response.get("Error") if isinstance(response, dict) else None
        if isinstance(answer, dict) and answer.get("Code"):
            return f"{type(error).__name__} {answer['Code']}"
    return type(error).__name__
