"""Accepting by a list: the form, and what is said of it (row P26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.incoming import ENDINGS
from rollcall.lists import LONGEST_PASTED, MOST_PASTED
from rollcall.upload_forms import write_metadata
from rollcall.views.blocks import actions, button, section
from rollcall.views.inputs import file_input, form, input_block, text_input
from rollcall.views.message import compose
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from typing import Any

    from rollcall.jobs import Job
    from rollcall.views.blocks import Block
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Both the form's callback id and the action id of the button that opens it.
BULK: Final = "approvals.bulk"
TEMPLATE: Final = "approvals.template"
GRANT: Final = "approvals.grant"
#: Fields, by block id and action id alike.
FILE: Final = "file"
LIST: Final = "list"
#: Characters of a problem below a field.
_LONGEST_PROBLEM: Final = 500


def bulk_form(reader: Reader, *, grant: str = "") -> dict[str, Any]:
    """The form.

    Args:
        reader: who fills it in.
        grant: what is said of a grant that was just given, as mrkdwn; empty for none.
    """
    say = reader.say
    blocks: list[Block] = [
        section(
            say(
                "Accept devices by their IMEIs, MEIDs or serial numbers. A list may mix resellers, each of which "
                "you have registered; what cannot be accepted is told line by line."
            )
        ),
        input_block(
            FILE,
            say("CSV file"),
            file_input(FILE, endings=ENDINGS, most=1),
            hint=say("Any of the columns imei, meid or serial, and approval_id if you have one for each. Up to 10 MB."),
            optional=True,
        ),
        input_block(
            LIST,
            say("Or a pasted list"),
            {
                **text_input(LIST, longest=LONGEST_PASTED, placeholder=say("One a line, or with commas")),
                "multiline": True,
            },
            hint=say(
                "About {most_pasted} IMEIs fit; Slack takes no more in a field. Send a longer list as a file.",
                most_pasted=MOST_PASTED,
            ),
            optional=True,
        ),
        *actions(
            [
                button(say("Send me a template"), TEMPLATE, {"as": reader.acting.account}),
                button(say("Larger than 10 MB, or from a system"), GRANT, {"as": reader.acting.account}),
            ]
        ),
        *([section(grant)] if grant else []),
        reader.account_line(),
    ]
    return form(
        BULK,
        say("Accept by list"),
        blocks,
        submit=say("Accept"),
        metadata=write_metadata(reader.acting.account),
        say=say,
    )


def grant_text(bucket: str, key: str, grant: str, *, until: str, say: Wording = ENGLISH) -> str:
    """How a list is put into the bucket in the name of whoever reads this, as mrkdwn.

    Args:
        bucket: name.
        key: where to.
        grant: the text that goes with the file.
        until: how long it is good, UTC.
        say: in the reader's language.
    """
    command = f"aws s3 cp list.csv s3://{bucket}/{key} --metadata grant={grant}"
    return say(
        "{once} {until}\nPut it under {key} with the metadata {name} = {grant}, for example\n{command}\n"
        "It speaks for you: whoever has it can accept devices in your name, once.",
        once=bold(say("For one file, until")),
        until=say.date(until),
        key=code(key, 300),
        name=code("grant"),
        grant=code(grant, 100),
        command=code(command, 1000),
    )


def invitation(reader: Reader, *, late: bool = False) -> Message:
    """A button that opens the form, where nothing can be opened at once.

    Args:
        reader: who is invited.
        late: the form was asked for, and Slack waited no longer for it.
    """
    say = reader.say
    text = say("Accept many devices at once: send a CSV file, paste a list, or put a file into the bucket.")
    if late:
        text = say("The form took too long to open, and Slack waits three seconds only. Press once more.")
    opener = button(say("Accept by list…"), BULK, {"as": reader.acting.account}, style="primary")
    return compose(text, [section(text)], [*actions([opener]), reader.account_line()], say=say)


def begun(job: Job, reader: Reader) -> Message:
    """A list was taken."""
    say = reader.say
    text = say(
        "{lines}: job {job}. How far it is, and what came of each line, comes by itself into your messages with me.",
        lines=bold(say("{lines} taken", lines=say.count(job.total, "line"))),
        job=code(job.id),
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def fetching(name: str, reader: Reader) -> Message:
    """A file was taken."""
    say = reader.say
    text = say(
        "{name} is on the way in. How far it is, and what came of each line, comes by itself into your "
        "messages with me.",
        name=bold(code(name)),
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def not_fetched(name: str, why: str, company: str, say: Wording = ENGLISH) -> Message:
    """A file could not be fetched out of Slack, so nothing was decided.

    Args:
        name: of the file.
        why: in plain words without a full stop.
        company: for which it was sent.
        say: in the reader's language.
    """
    text = say(
        "The list {name} could not be read: {why}. Nothing was accepted for {company}. Send it again, or "
        "paste the list.",
        name=code(name),
        why=plain(why, 200),
        company=plain(company),
    )
    return compose(text, [section(text)], say=say)


def template_coming(say: Wording = ENGLISH) -> Message:
    """The template was asked for."""
    text = say("The template comes as a CSV file into your messages with me in a moment.")
    return compose(text, [section(text)], say=say)


def template_comment(say: Wording = ENGLISH) -> str:
    """What is said with the template, plain text."""
    return say(
        "Fill in one device a line: imei or serial, and approval_id if your billing has one. Then send "
        "it with {command}.",
        command=command_line(COMMAND, "approvals bulk"),
    )


def problem(text: str) -> str:
    """What is wrong, as short as Slack shows it below a field."""
    return text if len(text) <= _LONGEST_PROBLEM else text[: _LONGEST_PROBLEM - 1] + "…"
