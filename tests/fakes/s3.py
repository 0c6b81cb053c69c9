"""S3 as far as writing large objects, and reading them back, goes, with the limits that emulators do not hold."""

from __future__ import annotations

import hashlib
import io
from itertools import count

from botocore.exceptions import ClientError

SMALLEST_PART = 5 * 1024 * 1024


def refused(code, operation="PutObject"):
    return ClientError({"Error": {"Code": code, "Message": code}}, operation)


class Body(io.BytesIO):
    """What is read of an object, whole or by pieces."""

    def iter_chunks(self, size):
        while piece := self.read(size):
            yield piece


class FakeS3:
    """One bucket.

    Attributes:
        objects: key → bytes.
        uploads: multipart uploads that were begun and neither completed nor dropped.
        troubles: operation → error to raise, for as long as it is there.
    """

    def __init__(self):
        self.objects = {}
        self.types = {}
        self.metadata = {}
        self.uploads = {}
        self.troubles = {}
        self.parts = []
        self._numbers = count(1)

    def put_object(self, Bucket, Key, Body, ContentType="", Metadata=None, IfNoneMatch=""):  # noqa: N803 - boto3's names
        self._call("put_object")
        if IfNoneMatch and Key in self.objects:
            raise refused("PreconditionFailed")
        self.objects[Key] = Body.read() if hasattr(Body, "read") else bytes(Body)
        self.types[Key], self.metadata[Key] = ContentType, Metadata or {}

    def head_object(self, Bucket, Key):  # noqa: N803 - likewise
        self._call("head_object")
        if Key not in self.objects:
            raise refused("404", "HeadObject")
        return {"ContentLength": len(self.objects[Key]), "Metadata": self.metadata.get(Key, {})}

    def get_object(self, Bucket, Key):  # noqa: N803 - likewise
        self._call("get_object")
        if Key not in self.objects:
            raise refused("NoSuchKey", "GetObject")
        return {"Body": Body(self.objects[Key])}

    def create_multipart_upload(self, Bucket, Key, ContentType):  # noqa: N803 - likewise
        self._call("create_multipart_upload")
        name = f"upload-{next(self._numbers)}"
        self.uploads[name] = (Key, ContentType, {})
        return {"UploadId": name}

    def upload_part(self, Bucket, Key, UploadId, PartNumber, Body):  # noqa: N803 - likewise
        self._call("upload_part")
        self.uploads[UploadId][2][PartNumber] = bytes(Body)
        return {"ETag": hashlib.md5(Body, usedforsecurity=False).hexdigest()}

    def complete_multipart_upload(self, Bucket, Key, UploadId, MultipartUpload):  # noqa: N803 - likewise
        self._call("complete_multipart_upload")
        _, kind, parts = self.uploads[UploadId]
        listed = MultipartUpload["Parts"]
        assert [part["PartNumber"] for part in listed] == sorted(parts)
        bodies = [parts[part["PartNumber"]] for part in listed]
        for part, body in zip(listed, bodies, strict=True):
            assert part["ETag"] == hashlib.md5(body, usedforsecurity=False).hexdigest()
        if any(len(body) < SMALLEST_PART for body in bodies[:-1]):
            raise refused("EntityTooSmall", "CompleteMultipartUpload")
        self.parts = [len(body) for body in bodies]
        self.objects[Key], self.types[Key] = b"".join(bodies), kind
        del self.uploads[UploadId]

    def abort_multipart_upload(self, Bucket, Key, UploadId):  # noqa: N803 - likewise
        self._call("abort_multipart_upload")
        del self.uploads[UploadId]

    def _call(self, operation):
        if operation in self.troubles:
            raise self.troubles[operation]
