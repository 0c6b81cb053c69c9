"""What a function is told by its environment, read once and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from rollcall.command_names import use_suffix
from rollcall.decisions import Windows
from rollcall.registry import Strictness

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsError(Exception):
    """An environment variable is missing or not usable.

    Attributes:
        name: the variable.
    """

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        super().__init__(f"{name} {problem}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of the stack's resources, and the limits of an upload.

    Attributes:
        devices_table: table of devices and their pointers.
        uploads_table: table of uploads, their chunks and parts.
        accounts_table: table of resellers, customers and people.
        bucket: where files arrive and reports are put.
        chunks_queue_url: queue of chunks to load; empty in functions that do not send to it.
        finishes_queue_url: queue of uploads whose chunks are all in; empty likewise.
        notices_queue_url: queue of messages to send to Slack; empty likewise.
        jobs_queue_url: queue of work that takes longer than a click may; empty likewise.
        slack_api_url: Slack's Web API, ending in ``/api/``.
        command_suffix: behind the names of the slash commands; empty for none.
        slack_secrets: path of the Slack app's secrets in Parameter Store, without a slash at the end.
        tokens_key: ARN of the KMS key that closes tokens; empty in functions that have none.
        public_url: where upload links lead, without a slash at the end; empty in functions that make none.
        chunk_rows: rows in one chunk.
        max_rows: rows in one file.
        max_file_bytes: size of one file in bytes.
        max_record_bytes: size of one row in bytes, line breaks inside quoted cells included.
        ee_models: prefixes of model names that count as Enterprise Edition.
        windows: how long a decision can be undone.
        api_requests_per_minute: that one key of the HTTP API may make.
        unrecognised: what becomes of a device that the manufacturer's registry does not recognise.
        registry_url: the registry's address, if it is a server; empty for the catalogue in the system.
        registry_secrets: path in Parameter Store under which its token is.
        registry_seconds: how long one answer of it is waited for.
        exchange_url: the address of the system that exchanges IMEIs; empty if none is connected.
        exchange_secrets: path in Parameter Store under which its token is.
        exchange_seconds: how long one answer of it is waited for.
    """

    devices_table: str
    uploads_table: str
    accounts_table: str
    bucket: str
    chunks_queue_url: str = ""
    finishes_queue_url: str = ""
    notices_queue_url: str = ""
    jobs_queue_url: str = ""
    slack_api_url: str = "https://slack.com/api/"
    command_suffix: str = ""
    slack_secrets: str = ""
    tokens_key: str = ""
    public_url: str = ""
    chunk_rows: int = 2_000
    max_rows: int = 1_000_000
    max_file_bytes: int = 256 * 1024 * 1024
    max_record_bytes: int = 64 * 1024
    ee_models: tuple[str, ...] = ()
    windows: Windows = field(default_factory=Windows)
    api_requests_per_minute: int = 600
    unrecognised: Strictness = Strictness.WARNING
    registry_url: str = ""
    registry_secrets: str = ""
    registry_seconds: int = 10
    exchange_url: str = ""
    exchange_secrets: str = ""
    exchange_seconds: int = 10

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Reads the settings out of environment variables; from then on commands are shown by the names they have here.

        Args:
            env: the variables, usually ``os.environ``.

        Raises:
            SettingsError: a variable is missing, or a number is not a positive whole number.
        """
        use_suffix(env.get("COMMAND_SUFFIX", ""))
        return cls(
            devices_table=_required(env, "DEVICES_TABLE"),
            uploads_table=_required(env, "UPLOADS_TABLE"),
            accounts_table=_required(env, "ACCOUNTS_TABLE"),
            bucket=_required(env, "UPLOADS_BUCKET"),
            chunks_queue_url=env.get("CHUNKS_QUEUE_URL", ""),
            finishes_queue_url=env.get("FINISHES_QUEUE_URL", ""),
            notices_queue_url=env.get("NOTICES_QUEUE_URL", ""),
            jobs_queue_url=env.get("JOBS_QUEUE_URL", ""),
            slack_api_url=env.get("SLACK_API_URL") or "https://slack.com/api/",
            command_suffix=env.get("COMMAND_SUFFIX", ""),
            slack_secrets=env.get("SLACK_SECRETS", "").rstrip("/"),
            tokens_key=env.get("TOKENS_KEY", ""),
            public_url=env.get("PUBLIC_URL", "").replace("{api}", env.get("API_ID", "")).rstrip("/"),
            chunk_rows=_count(env, "CHUNK_ROWS", 2_000),
            max_rows=_count(env, "MAX_ROWS", 1_000_000),
            max_file_bytes=_count(env, "MAX_FILE_BYTES", 256 * 1024 * 1024),
            max_record_bytes=_count(env, "MAX_RECORD_BYTES", 64 * 1024),
            ee_models=tuple(part.strip().upper() for part in env.get("EE_MODELS", "").split(",") if part.strip()),
            windows=Windows(
                few=timedelta(seconds=_count(env, "UNDO_SECONDS", 600)),
                many=timedelta(seconds=_count(env, "UNDO_MANY_SECONDS", 86_400)),
                many_from=_count(env, "UNDO_MANY_FROM", 50),
            ),
            api_requests_per_minute=_count(env, "API_REQUESTS_PER_MINUTE", 600),
            unrecognised=_strictness(env, "UNRECOGNISED"),
            registry_url=env.get("REGISTRY_URL", ""),
            registry_secrets=env.get("REGISTRY_SECRETS", ""),
            registry_seconds=_count(env, "REGISTRY_SECONDS", 10),
            exchange_url=env.get("EXCHANGE_URL", ""),
            exchange_secrets=env.get("EXCHANGE_SECRETS", ""),
            exchange_seconds=_count(env, "EXCHANGE_SECONDS", 10),
        )


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if not value:
        raise SettingsError(name, "is not set")
    return value


def _count(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise SettingsError(name, f"must be a positive whole number, not {text!r}")
    return int(text)


def _strictness(env: Mapping[str, str], name: str) -> Strictness:
    text = env.get(name) or Strictness.WARNING.value
    try:
        return Strictness(text)
    except ValueError:
        raise SettingsError(name, f"must be one of {', '.join(Strictness)}, not {text!r}") from None
