"""Reads the accounts file into Slack teams: every company one team, its members the people in it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml


@dataclass(frozen=True, slots=True)
class Person:
    """A person in one Slack team.

    Attributes:
        team: team id.
        id: user id.
        name: display name.
        email: address, or empty.
        zone: IANA name of the time zone.
        labels: for each account the person acts for, its company and their role; empty for a guest.
    """

    team: str
    id: str
    name: str
    email: str
    zone: str
    labels: tuple[str, ...] = ()


@dataclass(slots=True)
class TeamPlan:
    """What a team starts with: its people and, beside #general, its channels by id; ``kind`` is its company's."""

    id: str
    name: str
    kind: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The part of the workspace's address that Slack sends as ``team_domain``."""
        return "-".join("".join(c if c.isalnum() else " " for c in self.name.lower()).split()) or self.id.lower()


#: A workspace of nobody's company, without the app: for trying how one gets in.
NEWCOMER: Final = "T0NEW"
#: Stands in every team for somebody whom no account knows yet.
GUEST = "U0GUEST"


def machine_zone() -> str:
    """Return the IANA name of this machine's time zone, ``Etc/UTC`` if it cannot be told."""
    named = os.environ.get("TZ", "")
    if "/" in named and not named.startswith(":"):
        return named
    where = Path("/etc/localtime")
    parts = where.resolve().parts if where.exists() else ()
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "Etc/UTC"


def read(path: Path) -> list[TeamPlan]:
    """Return the teams of the accounts file at ``path``, in the order of the file.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not YAML, or has not the shape of an accounts file.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return _teams(raw)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is not an accounts file: {error!r}") from error


def newcomer() -> TeamPlan:
    """Return the plan of a workspace that no account knows, with one person in it."""
    guest = Person(NEWCOMER, GUEST, "Guest", "", machine_zone())
    return TeamPlan(NEWCOMER, "New company", people={GUEST: guest}, channels={"C0NEW": "rollcall"})


def _teams(raw: dict[str, Any]) -> list[TeamPlan]:
    teams: dict[str, TeamPlan] = {}
    for operator in raw.get("operators") or []:
        team = teams.setdefault(operator["team"], TeamPlan(operator["team"], "Rollcall Operations", "operator"))
        _add(team, operator, "operator")
    companies = [(kind, company) for kind in ("reseller", "customer") for company in raw.get(f"{kind}s") or []]
    for kind, company in companies:
        notify = company.get("notify") or {}
        for member in company.get("members") or []:
            team = teams.setdefault(member["team"], TeamPlan(member["team"], company["name"], kind))
            _add(team, member, f"{company['name']}, {member['role']}")
        if notify:
            team = teams.setdefault(notify["team"], TeamPlan(notify["team"], company["name"], kind))
            taken = team.channels.values()
            team.channels[notify["channel"]] = (
                "rollcall" if "rollcall" not in taken else f"rollcall-{company['id'].lower()}"
            )
    for team in teams.values():
        team.people.setdefault(GUEST, Person(team.id, GUEST, "Guest", "", machine_zone()))
    return list(teams.values())


def _add(team: TeamPlan, member: dict[str, Any], label: str) -> None:
    known = team.people.get(member["user"])
    team.people[member["user"]] = Person(
        team.id,
        member["user"],
        member["name"],
        member.get("email") or "",
        member.get("tz") or machine_zone(),
        (*(known.labels if known else ()), label),
    )
