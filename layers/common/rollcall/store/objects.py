"""Objects in the uploads bucket: device files, chunks in work, reports."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rollcall.store.object_writer import ObjectWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mypy_boto3_s3.client import S3Client

_PIECE_BYTES: Final = 1024 * 1024
#: What S3 says of an object that is not there; 405 of a version that is the mark of a deletion. Never 403: who reads
#: may list, by the template, so that is a right that is missing or a key that is closed, and passes when it is mended.
_GONE: Final = frozenset({"404", "405", "NoSuchKey", "NoSuchVersion", "NotFound", "MethodNotAllowed"})
#: What S3 says to a put on condition that nothing is there.
_THERE: Final = frozenset({"PreconditionFailed", "412"})


class ObjectGoneError(Exception):
    """The object, or this version of it, is not there any more."""


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """What is known of an object before it is read.

    Attributes:
        size: bytes.
        version: version id; empty in a bucket without versions.
        metadata: user metadata, still encoded.
    """

    size: int
    version: str
    metadata: Mapping[str, str]


class Objects:
    """Reads and writes objects of one bucket.

    Args:
        client: S3.
        bucket: its name.
    """

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def facts(self, key: str, version: str) -> ObjectFacts:
        """Size, version and metadata.

        Raises:
            ObjectGoneError: it is not there.
        """
        try:
            answer = self._client.head_object(Bucket=self._bucket, Key=key, **_version(version))
        except ClientError as error:
            raise _translated(error) from error
        return ObjectFacts(
            size=answer["ContentLength"],
            version=answer.get("VersionId", ""),
            metadata=answer.get("Metadata", {}),
        )

    def download(self, key: str, version: str, path: Path) -> str:
        """Copies an object into a file.

        Returns:
            The SHA-256 of its bytes, in hex.

        Raises:
            ObjectGoneError: it is not there.
        """
        digest = hashlib.sha256()
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=key, **_version(version))["Body"]
        except ClientError as error:
            raise _translated(error) from error
        with path.open("wb") as file:
            for piece in body.iter_chunks(_PIECE_BYTES):
                digest.update(piece)
                file.write(piece)
        return digest.hexdigest()

    def read(self, key: str) -> bytes:
        """The whole of an object; ask for its size before."""
        return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def put_lines(self, key: str, lines: Iterable[Any]) -> None:
        """Stores values as gzipped JSON lines."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=_packed(lines))

    def put_lines_once(self, key: str, lines: Iterable[Any]) -> bool:
        """The same under a key that has none yet; False, and nothing changes, if it has one."""
        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=_packed(lines), IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] in _THERE:
                return False
            raise
        return True

    def lines_if_there(self, key: str) -> list[Any] | None:
        """The values that were stored under a key; None if none were."""
        try:
            return list(self.lines(key))
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise

    def lines(self, key: str) -> Iterator[Any]:
        """The values that `put_lines` stored, one after the other."""
        body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            for line in packed:
                yield json.loads(line.decode("utf-8", "surrogatepass"))

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """Stores a small object."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type)

    def put_once(self, key: str, path: Path, content_type: str, *, metadata: Mapping[str, str] | None = None) -> bool:
        """Stores a file under a key that has none yet; False, and nothing changes, if it has one."""
        with path.open("rb") as body:
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=body,
                    ContentType=content_type,
                    Metadata=metadata or {},
                    IfNoneMatch="*",
                )
            except ClientError as error:
                if error.response["Error"]["Code"] in _THERE:
                    return False
                raise
        return True

    def copy_once(self, source: str, version: str, key: str) -> bool:
        """Copies one version of an object to a key that has none yet; False, and nothing changes, if it has one.

        Raises:
            ObjectGoneError: the version is not there.
        """
        with suppress(ObjectGoneError):
            self.facts(key, "")
            return False
        try:
            self._client.copy_object(
                Bucket=self._bucket,
                Key=key,
                CopySource={"Bucket": self._bucket, "Key": source, "VersionId": version},
                MetadataDirective="REPLACE",
                ContentType="text/csv",
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _THERE:
                return False
            raise _translated(error) from error
        return True

    def link(self, key: str, *, seconds: int, file_name: str) -> str:
        """An address from which anybody may read an object for a while, saved under a name.

        The client must be one whose signatures others use (`rollcall.store.clients.s3_signer`).
        """
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentDisposition": f'attachment; filename="{file_name}"',
            },
            ExpiresIn=seconds,
        )

    def join(self, keys: Iterable[str], key: str, content_type: str) -> None:
        """Puts objects one behind the other under another key, with no more than a part of them in memory.

        S3 could do it itself, but only of parts of 5 MiB and more.
        """
        with self.writer(key, content_type) as target:
            for source in keys:
                for piece in self._client.get_object(Bucket=self._bucket, Key=source)["Body"].iter_chunks(_PIECE_BYTES):
                    target.write(piece)

    def writer(self, key: str, content_type: str) -> ObjectWriter:
        """A file-like object of any size that appears under ``key`` when its ``with`` block ends well."""
        return ObjectWriter(self._client, self._bucket, key, content_type)


def _packed(lines: Iterable[Any]) -> bytes:
    """JSON lines, gzipped. Level 1: they are read once and thrown away within days."""
    buffer = io.BytesIO()
    # No name and no time, so that a repeat is identical.
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=1, mtime=0) as packed:
        for line in lines:
            packed.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
            packed.write(b"\n")
    return buffer.getvalue()


def _version(version: str) -> dict[str, Any]:
    return {"VersionId": version} if version else {}


def _translated(error: ClientError) -> Exception:
    return ObjectGoneError() if error.response["Error"]["Code"] in _GONE else error
