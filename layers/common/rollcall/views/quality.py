"""How good a reseller's uploads are, as it reads it itself, its customers do, and operators do (row B22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.commands import Command, render
from rollcall.quality import Period
from rollcall.views.blocks import actions, button, context, header, section
from rollcall.views.message import compose
from rollcall.views.pager import pager, position, to_dm
from rollcall.views.text import bold, code, plain
from rollcall.views.upload_outcomes import title
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
    say = reader.say
    whose = say("Your uploads") if reader.is_reseller else say("Your resellers' uploads")
    head = say("{whose}, {span}, since {since}", whose=whose, span=say(_SPAN[period]), since=since)
    buttons = [*_buttons(period, reader), *to_dm(_question(period, reader), say)]
    foot = [*actions(buttons), context(say(MEANING)), reader.account_line()]
    if not whole:
        text = say("Nothing was uploaded, and nothing accepted, in {span}.", span=say(_SPAN[period]))
        return compose(f"{head}\n{text}", [header(head), section(text)], foot, say=say)
    blocks, lines = told(whole, parts, reader)
    return compose("\n".join([head, *lines]), [header(head), *blocks], foot, say=say)


def digest(week: str, whole: Quality, parts: Mapping[str, Quality], reader: Reader) -> Message:
    """The figures of a week that is over, told unasked on its account's Monday.

    Args:
        week: its Monday.
        whole: of all companies of the other side together.
        parts: company of the other side → figures.
        reader: somebody of the account.
    """
    say = reader.say
    whose = say("Your uploads") if reader.is_reseller else say("Your resellers' uploads")
    head = say("{whose} in the week of {week}", whose=whose, week=week)
    blocks, lines = told(whole, parts, reader)
    off = context(
        say("Once a week, on Mondays. Admins can switch it off: {command}", command=reader.usage("setup hours"))
    )
    foot = [*actions([_more(Period.MONTH, reader)]), context(say(MEANING)), off, reader.account_line()]
    return compose("\n".join([head, *lines]), [header(head), *blocks], foot, say=say)


def told(whole: Quality, parts: Mapping[str, Quality], reader: Reader) -> tuple[list[Block], list[str]]:
    """The figures as blocks, and as lines of text."""
    say = reader.say
    own = figures(whole, causes=_OWN_CAUSES if reader.is_reseller else _CAUSES, say=say)
    blocks = [section("\n".join(own))]
    lines = list(own)
    known = sorted(((name, part) for name, part in parts.items() if part), key=lambda one: (-one[1].rows, one[0]))
    for name, part in known[:LINES] if len(known) > 1 or not reader.is_reseller else ():
        text = "\n".join([bold(reader.company(name)), *figures(part, causes=_CAUSES, say=say)])
        blocks.append(section(text))
        lines.append(text.replace("\n", " · "))
    if len(known) > LINES:
        blocks.append(
            context(
                say(
                    "and {more}: see the CSV file", more=say.count(len(known) - LINES, "more company", "more companies")
                )
            )
        )
    return blocks, lines


def home_lines(whole: Quality, say: Wording = ENGLISH) -> list[str]:
    """The last four weeks in a line or two, for App Home; none where nothing came."""
    if not whole:
        return []
    return [
        say("{quality}, the last 4 weeks: {rates}", quality=bold(say("Quality")), rates=_rates(whole, say=say)),
        say("median time to approval: {median}", median=median(whole, say=say)),
    ]


def home_button(say: Wording = ENGLISH) -> Element:
    """Leads from App Home to the figures."""
    return button(
        say("Quality"),
        f"{QUALITY}.home",
        {"q": "uploads quality"},
        label=say("Show the quality of uploads"),
    )


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
        "\n".join([shown, *texts]),
        [header(shown), *map(section, texts)],
        [*pager(page, question), context(MEANING)],
    )


def no_operator_period(asked: str) -> Message:
    """A period that there is not, for operators."""
    text = f"No period {code(asked, 40)}. There are {', '.join(Period)}."
    return compose(text, [section(text)])


def no_period(asked: str, reader: Reader) -> Message:
    """A period that there is not."""
    say = reader.say
    text = say(
        "No period {asked}. There are {periods}: {command}",
        asked=code(asked, 40),
        periods=", ".join(Period),
        command=reader.usage("uploads quality period:month"),
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def figures(quality: Quality, *, causes: int, say: Wording = ENGLISH) -> list[str]:
    """Figures in lines.

    Args:
        quality: sums.
        causes: most causes that are named.
        say: in which language they are.
    """
    if not quality:
        return [say("nothing in this time")]
    lines = []
    if quality.rows:
        files = " " + say("in {files}", files=say.count(quality.files, "file")) if quality.files else ""
        lines.append(f"{say.count(quality.rows, 'row')}{files}: {_rates(quality, say=say)}")
    if quality.failed:
        lines.append(say("{files} could not be read at all", files=say.count(quality.failed, "file")))
    lines.append(say("median time to approval: {median}", median=median(quality, say=say)))
    named = [
        f"{code(name)} {say.count(rows, 'row')}, {_percent(rows, quality.rows)} · {title(name, say)}"
        for name, rows in quality.causes()[:causes]
    ]
    rest = len(quality.by_code) - causes
    return [*lines, *named, *([say("and {more}", more=say.count(rest, "more cause"))] if rest > 0 else [])]


def median(quality: Quality, say: Wording = ENGLISH) -> str:
    """The median in words that say how exact it is."""
    step = quality.median
    if step is None:
        return say("nothing was accepted yet")
    return say("{hours} (of {devices})", hours=_hours(step, say=say), devices=say.count(quality.accepted, "device"))


def _hours(step: Step, say: Wording = ENGLISH) -> str:
    if step.most is None:
        return say("more than {hours}", hours=say.count(step.above, "hour"))
    return say("between {above} and {hours}", above=step.above, hours=say.count(step.most, "hour"))


def _rates(quality: Quality, say: Wording = ENGLISH) -> str:
    right = _percent(quality.first_stored, quality.first_rows) if quality.first_rows else say("no file sent first")
    return say(
        "error rate {percent}, first-time-right {right}", percent=_percent(quality.refused, quality.rows), right=right
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"  # noqa: RUF001 - as in tables


def _buttons(period: Period, reader: Reader) -> list[Element]:
    say = reader.say
    others = [_more(one, reader) for one in Period if one is not period]
    return [
        *others,
        button(say("CSV file"), f"{QUALITY}.csv", {"q": _question(period, reader, csv="yes")}),
    ]


def _more(period: Period, reader: Reader) -> Element:
    return button(
        _first_capital(reader.say(_SPAN[period])), f"{QUALITY}.{period.value}", {"q": _question(period, reader)}
    )


def _first_capital(text: str) -> str:
    """A text that begins a line; nouns inside keep their capitals."""
    return text[:1].upper() + text[1:]


def _question(period: Period, reader: Reader, **more: str) -> str:
    options = {"period": period.value, **more}
    return render(Command("uploads", "quality", options=options, as_account=reader.acting.account))
