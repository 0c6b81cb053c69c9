"""How good a reseller's uploads are, as it reads it itself, its customers do, and operators do (row B22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.commands import Command, render
from rollcall.quality import Period
from rollcall.views.blocks import actions, button, context, header, section
from rollcall.views.message import compose
from rollcall.views.pager import pager, position
from rollcall.views.text import bold, code, count, plain
from rollcall.views.uploads import title
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.quality import Quality, Step
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Leads to figures; what follows the name tells buttons of one row apart.
QUALITY: Final = "uploads.quality"
#: Companies that are named one by one, and causes of each.
LINES: Final = 15
_CAUSES: Final = 5
_OWN_CAUSES: Final = 10
#: What the figures are, in the words of `rollcall.quality`.
MEANING: Final = (
    "First-time-right: rows stored of all rows in files that were sent for the first time; files of mended rows "
    "(resend.csv) do not count. A row counts under each of its causes. The median is counted in steps of hours, from "
    "the upload of a device to its acceptance. Weeks run from Monday to Sunday, UTC."
)
_SPAN: Final = {Period.WEEK: "this week", Period.MONTH: "the last 4 weeks", Period.QUARTER: "the last 13 weeks"}


def page(whole: Quality, parts: Mapping[str, Quality], period: Period, since: str, reader: Reader) -> Message:
    """The figures of a period.

    Args:
        whole: of all companies of the other side together.
        parts: company of the other side → figures.
        period: which.
        since: its first Monday.
        reader: who asks; a customer sees its own part of each reseller.
    """
    whose = "Your uploads" if reader.is_reseller else "Your resellers' uploads"
    head = f"{whose}, {_SPAN[period]}, since {since}"
    foot = [*actions(_buttons(period, reader)), context(MEANING), reader.account_line()]
    if not whole:
        text = f"Nothing was uploaded, and nothing accepted, in {_SPAN[period]}."
        return compose(f"{head}\n{text}", [header(head), section(text)], foot)
    blocks, lines = told(whole, parts, reader)
    return compose("\n".join([head, *lines]), [header(head), *blocks], foot)


def digest(week: str, whole: Quality, parts: Mapping[str, Quality], reader: Reader) -> Message:
    """The figures of a week that is over, told unasked on its account's Monday.

    Args:
        week: its Monday.
        whole: of all companies of the other side together.
        parts: company of the other side → figures.
        reader: somebody of the account.
    """
    whose = "Your uploads" if reader.is_reseller else "Your resellers' uploads"
    head = f"{whose} in the week of {week}"
    blocks, lines = told(whole, parts, reader)
    off = context(f"Once a week, on Mondays. Admins can switch it off: {reader.usage('setup hours')}")
    foot = [*actions([_more(Period.MONTH, reader)]), context(MEANING), off, reader.account_line()]
    return compose("\n".join([head, *lines]), [header(head), *blocks], foot)


def told(whole: Quality, parts: Mapping[str, Quality], reader: Reader) -> tuple[list[Block], list[str]]:
    """The figures as blocks, and as lines of text."""
    own = figures(whole, causes=_OWN_CAUSES if reader.is_reseller else _CAUSES, say=reader.say)
    blocks = [section("\n".join(own))]
    lines = list(own)
    known = sorted(((name, part) for name, part in parts.items() if part), key=lambda one: (-one[1].rows, one[0]))
    for name, part in known[:LINES] if len(known) > 1 or not reader.is_reseller else ():
        text = "\n".join([bold(reader.company(name)), *figures(part, causes=_CAUSES, say=reader.say)])
        blocks.append(section(text))
        lines.append(text.replace("\n", " · "))
    if len(known) > LINES:
        blocks.append(context(f"and {count(len(known) - LINES, 'more company', 'more companies')}: see the CSV file"))
    return blocks, lines


def home_lines(whole: Quality) -> list[str]:
    """The last four weeks in a line or two, for App Home; none where nothing came."""
    if not whole:
        return []
    return [f"{bold('Quality')}, the last 4 weeks: {_rates(whole)}", f"median time to approval: {median(whole)}"]


def home_button() -> Element:
    """Leads from App Home to the figures."""
    return button("Quality", f"{QUALITY}.home", {"q": "uploads quality"}, label="Show the quality of uploads")


def of_resellers(page: Page[tuple[str, str, Quality]], period: Period, since: str, question: str) -> Message:
    """Resellers as operators see them: rates and causes, and nothing of what was uploaded.

    Args:
        page: account id, name and figures of each.
        period: which.
        since: its first Monday.
        question: the command in canonical form.
    """
    head = f"Quality of resellers, {_SPAN[period]}, since {since}"
    if not page.items:
        return compose(head, [header(head), section("There are no resellers yet.")])
    texts = [
        "\n".join([f"{bold(plain(name))} ({code(account)})", *figures(quality, causes=_CAUSES)])
        for account, name, quality in page.items
    ]
    shown = f"{head}: {position(page)}"
    return compose(
        "\n".join([shown, *texts]), [header(shown), *map(section, texts)], [*pager(page, question), context(MEANING)]
    )


def no_operator_period(asked: str) -> Message:
    """A period that there is not, for operators."""
    text = f"No period {code(asked, 40)}. There are {', '.join(Period)}."
    return compose(text, [section(text)])


def no_period(asked: str, reader: Reader) -> Message:
    """A period that there is not."""
    text = f"No period {code(asked, 40)}. There are {', '.join(Period)}: {reader.usage('uploads quality period:month')}"
    return compose(text, [section(text)], [reader.account_line()])


def figures(quality: Quality, *, causes: int, say: Wording = ENGLISH) -> list[str]:
    """Figures in lines.

    Args:
        quality: sums.
        causes: most causes that are named.
        say: in which language they are.
    """
    if not quality:
        return ["nothing in this time"]
    lines = []
    if quality.rows:
        files = f" in {count(quality.files, 'file')}" if quality.files else ""
        lines.append(f"{count(quality.rows, 'row')}{files}: {_rates(quality)}")
    if quality.failed:
        lines.append(f"{count(quality.failed, 'file')} could not be read at all")
    lines.append(f"median time to approval: {median(quality)}")
    named = [
        f"{code(name)} {count(rows, 'row')}, {_percent(rows, quality.rows)} · {title(name, say)}"
        for name, rows in quality.causes()[:causes]
    ]
    rest = len(quality.by_code) - causes
    return [*lines, *named, *([f"and {count(rest, 'more cause')}"] if rest > 0 else [])]


def median(quality: Quality) -> str:
    """The median in words that say how exact it is."""
    step = quality.median
    if step is None:
        return "nothing was accepted yet"
    return f"{_hours(step)} (of {count(quality.accepted, 'device')})"


def _hours(step: Step) -> str:
    if step.most is None:
        return f"more than {count(step.above, 'hour')}"
    return f"between {step.above} and {count(step.most, 'hour')}"


def _rates(quality: Quality) -> str:
    right = _percent(quality.first_stored, quality.first_rows) if quality.first_rows else "no file sent first"
    return f"error rate {_percent(quality.refused, quality.rows)}, first-time-right {right}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"  # noqa: RUF001 - as in tables


def _buttons(period: Period, reader: Reader) -> list[Element]:
    others = [_more(one, reader) for one in Period if one is not period]
    return [*others, button("CSV file", f"{QUALITY}.csv", {"q": _question(period, reader, csv="yes")})]


def _more(period: Period, reader: Reader) -> Element:
    return button(_SPAN[period].capitalize(), f"{QUALITY}.{period.value}", {"q": _question(period, reader)})


def _question(period: Period, reader: Reader, **more: str) -> str:
    options = {"period": period.value, **more}
    return render(Command("uploads", "quality", options=options, as_account=reader.acting.account))
