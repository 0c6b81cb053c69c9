"""What operators see: ids, counts and codes, never what a company uploads (rows B19, B25, B26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.operations import ChannelTrouble
from rollcall.views.blocks import actions, button, context, header, paragraphs, section
from rollcall.views.message import compose
from rollcall.views.notices import mend_of
from rollcall.views.pager import pager, position
from rollcall.views.reader import COMMAND
from rollcall.views.text import NOTHING, bold, code, command_line, count, date, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.installations import Workspace
    from rollcall.notices import Kept
    from rollcall.operations import CompanyState, Overview
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message

#: Opens what its value asks for; a number behind it, since no two buttons of a row have one id.
OPEN: Final = "operator.open"
#: Has a notice told once more.
RETRY: Final = "operator.retry"
#: Opens the form that asks why somebody looks into a company, and the form itself.
LOOK_INTO: Final = "operator.insight"
_SHOWN: Final = 4
_LINE: Final = 300
_PLACES: Final = 3


def overview(state: Overview, *, command: str = COMMAND) -> Message:
    """What needs an operator now, and the ways to it."""
    lines = [plain(line, _LINE) for line in needs(state)] or ["Nothing needs you now."]
    lines.append(f"{count(state.companies, 'company', 'companies')} in all.")
    ways = [
        ("Companies", "companies"),
        ("Channels", "channels"),
        ("Notices", "notices"),
        ("Dead letters", "letters"),
        ("Look into", "content"),
    ]
    buttons = [open_button(label, f"operator {word}", number) for number, (label, word) in enumerate(ways)]
    foot = [*actions(buttons), context(f"{command_line(command, 'operator help')} lists the words.")]
    return compose("\n".join(lines), [header("For operators"), *paragraphs(lines)], foot)


def needs(state: Overview) -> list[str]:
    """What needs an operator, a line of plain text each; empty where nothing does."""
    lines = []
    if state.flagged:
        verb = "lacks" if state.flagged == 1 else "lack"
        lines.append(f"{count(state.flagged, 'company', 'companies')} {verb} an admin or people for the daily work.")
    if state.workspaces:
        lines.append(f"Rollcall cannot speak in {count(state.workspaces, 'workspace')}.")
    if state.channels:
        lines.append(f"{count(state.channels, 'channel')} cannot be posted to.")
    if state.undelivered:
        lines.append(f"Nobody took {count(state.undelivered, 'notice')}.")
    lines += [f"{count(number, 'dead letter')} in {name}." for name, number in state.letters.items() if number]
    return lines


def companies(page: Page[CompanyState], question: str) -> Message:
    """Every company with its counts.

    Args:
        page: by id.
        question: the command in canonical form.
    """
    headline = f"Companies {position(page)}" if page.items else "There is no company yet"
    lines = [_company(one) for one in page.items]
    rows = [section(line, look_into(one.account)) for line, one in zip(lines, page.items, strict=True)]
    return compose("\n".join([headline, *lines]), [header(headline), *rows], [*pager(page, question), _back()])


def channels(
    page: Page[ChannelTrouble | Workspace], question: str, names: Mapping[str, str], *, install_url: str
) -> Message:
    """What Rollcall cannot speak in, with the way to mend each.

    Args:
        page: workspaces first.
        question: the command in canonical form.
        names: of companies.
        install_url: where Rollcall is installed from; empty if that is not known.
    """
    if not page.items:
        nothing = "Rollcall can speak in every workspace and channel that it tried."
        return compose(nothing, [section(nothing)], [_back()])
    headline = f"Cannot be posted to: {position(page)}"
    lines = [
        _channel(one, names) if isinstance(one, ChannelTrouble) else _workspace(one, install_url=install_url)
        for one in page.items
    ]
    body = [header(headline), *map(section, lines)]
    return compose("\n".join([headline, *lines]), body, [*pager(page, question), _back()])


def notices(page: Page[Kept], question: str, *, retried: str = "") -> Message:
    """Notices that nobody took, the newest first.

    Args:
        page: of them.
        question: the command in canonical form.
        retried: id of the one that is tried again; empty for none.
    """
    said = [f"I try {code(retried)} again. If nobody takes it, it comes back to this list."] if retried else []
    if not page.items:
        nothing = "\n".join([*said, f"Every {'other ' if retried else ''}notice found somebody."])
        return compose(nothing, [section(nothing)], [_back()])
    headline = f"Notices that nobody took: {position(page)}"
    lines = [_notice(kept) for kept in page.items]
    rows = [
        section(line, button("Try again", RETRY, {"n": kept.notice.id, "q": question}, label=f"Tell {kept.notice.id}"))
        for line, kept in zip(lines, page.items, strict=True)
    ]
    body = [*map(section, said), header(headline), *rows]
    return compose("\n".join([*said, headline, *lines]), body, [*pager(page, question), _back()])


def open_button(label: str, question: str, number: int = 0) -> Element:
    """A button that leads to another page of operators."""
    return button(label, f"{OPEN}.{number}", {"q": question})


def look_into(account: str = "") -> Element:
    """The button that opens the form for a company, or for any."""
    text = "Look into…" if account else "Look into a company…"
    return button(text, LOOK_INTO, {"a": account}, label=f"Look into {account or 'a company'}")


def masked(place: str) -> str:
    """A workspace with a person or channel of which the last four characters are shown.

    Args:
        place: ``<team>#<id>``; anything else is shown as a dash.
    """
    team, _, name = place.partition("#")
    return f"{code(team)} …{plain(name[-_SHOWN:])}" if team and name else NOTHING


def _company(one: CompanyState) -> str:
    side, other = ("reseller", "customer") if one.is_reseller else ("customer", "reseller")
    people = one.attendance
    parts = [
        count(people.people, "person", "people"),
        count(people.admins, "admin"),
        *([f"{count(people.left)} gone from Slack"] if people.left else []),
        count(one.links, other),
        f"{count(one.uploads, 'upload')} in 30 days",
    ]
    line = f"{bold(plain(one.name))} {code(one.account)} · {side}\n{' · '.join(parts)}"
    return line + "".join(f"\n⚠ {flag}" for flag in people.flags)


def _channel(trouble: ChannelTrouble, names: Mapping[str, str]) -> str:
    company = f"{plain(names.get(trouble.account) or trouble.account)} {code(trouble.account)}"
    where = f"Channel {masked(f'{trouble.team}#{trouble.channel}')} of {company}"
    return f"{bold(where)}\n{mend_of(trouble.code)}\n{code(trouble.code)} since {date(trouble.since)}"


def _workspace(workspace: Workspace, *, install_url: str) -> str:
    named = f"{bold(plain(workspace.name or workspace.id))} {code(workspace.id)}"
    again = f" Its admins install it again at {code(install_url, 200)}." if install_url else ""
    if workspace.left_at:
        return f"Workspace {named}\nRollcall was taken out of it; what was to be told there goes other ways.{again}"
    return f"Workspace {named}\n{mend_of(workspace.trouble)}{again}\n{code(workspace.trouble)}"


def _notice(kept: Kept) -> str:
    notice = kept.notice
    about = f"{plain(notice.kind.value)} {code(notice.subject.partition('#')[0])} for {code(notice.account)}"
    tried = [f"{masked(place)}: {code(reason)}" for place, reason in kept.trouble[:_PLACES]]
    more = len(kept.trouble) - len(tried)
    reasons = "; ".join([*tried, *([f"and {count(more, 'more place')}"] if more > 0 else [])])
    mends = dict.fromkeys(mend_of(reason) for _, reason in kept.trouble[:1])
    since = f" · since {date(kept.since)}" if kept.since else ""
    return "\n".join([f"{bold(about)}{since}", *([reasons] if reasons else ["It has no place to go."]), *mends])


def _back() -> Block:
    return actions([open_button("Overview", "operator overview", 9)])[0]
