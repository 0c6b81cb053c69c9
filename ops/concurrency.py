"""Whether an account runs as many functions at once as the template would let it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Parameter → how many queues it counts for: files are planned, and finished, so many at a time.
QUEUES: Final = {"FileConcurrency": 2, "ChunkConcurrency": 1, "JobConcurrency": 1, "NoticeConcurrency": 1}
#: What people and the clock want besides: clicks, pages, the API, the streams.
_FRONT: Final = 5


def wanted(template: Mapping[str, Any], chosen: Mapping[str, str]) -> int:
    """How many functions the queues run at once, with some left for people.

    Args:
        template: as parsed.
        chosen: values for its parameters; what is not there keeps its default.
    """
    defaults = template["Parameters"]
    queues = sum(int(chosen.get(name, defaults[name]["Default"])) * times for name, times in QUEUES.items())
    return queues + _FRONT


def warning(limit: int, wants: int) -> str:
    """What to say of an account that runs fewer; empty where it runs enough.

    Args:
        limit: functions that it runs at once; a new account's is 10.
        wants: see `wanted`.
    """
    if limit >= wants:
        return ""
    return (
        f"This account runs {limit} functions at once, and Rollcall may want {wants}: a large file would then keep "
        "clicks waiting. Ask for more under Service Quotas, Lambda, Concurrent executions; until then add "
        "FileConcurrency=2, ChunkConcurrency=2 and JobConcurrency=2 to parameter_overrides in samconfig.toml."
    )
