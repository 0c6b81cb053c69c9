"""An object of any size that is written piece by piece, as the parts of a multipart upload."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Self

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from types import TracebackType

    from mypy_boto3_s3.client import S3Client

#: S3 takes parts of 5 MiB and more (the last may be smaller), at most 10,000 of them.
_PART_BYTES: Final = 8 * 1024 * 1024


class ObjectWriter:
    """Writes an object piece by piece, holding one part in memory.

    Nothing appears under the key until the ``with`` block ends without an exception.
    """

    def __init__(self, client: S3Client, bucket: str, key: str, content_type: str) -> None:
        self._client = client
        self._place: dict[str, str] = {"Bucket": bucket, "Key": key}
        self._content_type = content_type
        self._buffer = bytearray()
        self._upload_id = ""
        self._parts: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        """Adds bytes at the end."""
        self._buffer += data
        while len(self._buffer) >= _PART_BYTES:
            self._send_part(bytes(self._buffer[:_PART_BYTES]))
            del self._buffer[:_PART_BYTES]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._abort()
            return
        try:
            self._finish()
        except BaseException:
            self._abort()
            raise

    def _finish(self) -> None:
        if not self._upload_id:
            self._client.put_object(**self._place, Body=bytes(self._buffer), ContentType=self._content_type)  # type: ignore[arg-type]
            return
        if self._buffer:
            self._send_part(bytes(self._buffer))
        self._client.complete_multipart_upload(
            **self._place,  # type: ignore[arg-type]
            UploadId=self._upload_id,
            MultipartUpload={"Parts": self._parts},  # type: ignore[typeddict-item]
        )

    def _abort(self) -> None:
        """Drops the parts; a lifecycle rule of the bucket drops those for which even that failed."""
        if self._upload_id:
            with suppress(BotoCoreError, ClientError):
                self._client.abort_multipart_upload(**self._place, UploadId=self._upload_id)  # type: ignore[arg-type]

    def _send_part(self, data: bytes) -> None:
        if not self._upload_id:
            answer = self._client.create_multipart_upload(**self._place, ContentType=self._content_type)  # type: ignore[arg-type]
            self._upload_id = answer["UploadId"]
        number = len(self._parts) + 1
        answer = self._client.upload_part(**self._place, UploadId=self._upload_id, PartNumber=number, Body=data)  # type: ignore[arg-type,assignment]
        self._parts.append({"ETag": answer["ETag"], "PartNumber": number})  # type: ignore[typeddict-item]
