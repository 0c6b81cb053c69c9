"""Forms that let somebody without any right in AWS put one object under one key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_s3.client import S3Client


@dataclass(frozen=True, slots=True)
class PostForm:
    """A form that a browser posts to S3, with the file as its last field.

    Attributes:
        url: where to.
        fields: what goes along; the policy among them names all of it, so nothing may be added or changed.
    """

    url: str
    fields: Mapping[str, str]


class PostForms:
    """Signs forms with the function's own right to put objects.

    Args:
        client: S3, with signature version 4 and the region's own address.
        bucket: its name.
    """

    def __init__(self, client: S3Client | Any, bucket: str) -> None:  # noqa: ANN401 - or a client made at its first call
        self._client = client
        self._bucket = bucket

    def form(self, key: str, *, most_bytes: int, seconds: int, least_bytes: int = 0) -> PostForm:
        """A form for one object.

        Args:
            key: the only key it is good for.
            most_bytes: size of the largest file it is good for.
            seconds: for which it may be posted.
            least_bytes: size of the smallest. S3 would tell of a refused one only whoever posts it, and the upload
                would wait for ever: so an empty file is taken, and reported as empty.
        """
        made = self._client.generate_presigned_post(
            Bucket=self._bucket,
            Key=key,
            Conditions=[["content-length-range", least_bytes, most_bytes]],
            ExpiresIn=seconds,
        )
        return PostForm(made["url"], made["fields"])

    @property
    def origin(self) -> str:
        """Scheme and host that forms are posted to."""
        url = urlsplit(self.form("-", most_bytes=1, seconds=1).url)
        return f"{url.scheme}://{url.netloc}"
