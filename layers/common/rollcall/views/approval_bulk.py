"""Accepting by a list: the form, and what is said of it (row P26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.incoming import ENDINGS
from rollcall.lists import LONGEST_PASTED, MOST_PASTED
from rollcall.upload_forms import write_metadata
from rollcall.views.blocks import actions, button, section
from rollcall.views.inputs import file_input, form, input_block, text_input
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, date, plain

if TYPE_CHECKING:
    from typing import Any

    from rollcall.jobs import Job
    from rollcall.views.blocks import Block
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

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
    blocks: list[Block] = [
        section(
            "Accept devices by their IMEIs, MEIDs or serial numbers. A list may mix resellers, each of which you "
            "have registered; what cannot be accepted is told line by line."
        ),
        input_block(
            FILE,
            "CSV file",
            file_input(FILE, endings=ENDINGS, most=1),
            hint="Any of the columns imei, meid or serial, and approval_id if you have one for each. Up to 10 MB.",
            optional=True,
        ),
        input_block(
            LIST,
            "Or a pasted list",
            {**text_input(LIST, longest=LONGEST_PASTED, placeholder="One a line, or with commas"), "multiline": True},
            hint=f"About {MOST_PASTED} IMEIs fit; Slack takes no more in a field. Send a longer list as a file.",
            optional=True,
        ),
        *actions(
            [
                button("Send me a template", TEMPLATE, {"as": reader.acting.account}),
                button("Larger than 10 MB, or from a system", GRANT, {"as": reader.acting.account}),
            ]
        ),
        *([section(grant)] if grant else []),
        reader.account_line(),
    ]
    return form(BULK, "Accept by list", blocks, submit="Accept", metadata=write_metadata(reader.acting.account))


def grant_text(bucket: str, key: str, grant: str, *, until: str) -> str:
    """How a list is put into the bucket in the name of whoever reads this, as mrkdwn.

    Args:
        bucket: name.
        key: where to.
        grant: the text that goes with the file.
        until: how long it is good, UTC.
    """
    command = f"aws s3 cp list.csv s3://{bucket}/{key} --metadata grant={grant}"
    return (
        f"{bold('For one file, until')} {date(until)}\nPut it under {code(key, 300)} with the metadata "
        f"{code('grant')} = {code(grant, 100)}, for example\n{code(command, 1000)}\n"
        "It speaks for you: whoever has it can accept devices in your name, once."
    )


def invitation(reader: Reader, *, late: bool = False) -> Message:
    """A button that opens the form, where nothing can be opened at once.

    Args:
        reader: who is invited.
        late: the form was asked for, and Slack waited no longer for it.
    """
    text = "Accept many devices at once: send a CSV file, paste a list, or put a file into the bucket."
    if late:
        text = "The form took too long to open, and Slack waits three seconds only. Press once more."
    opener = button("Accept by list…", BULK, {"as": reader.acting.account}, style="primary")
    return compose(text, [section(text)], [*actions([opener]), reader.account_line()])


def begun(job: Job, reader: Reader) -> Message:
    """A list was taken."""
    text = (
        f"{bold(count(job.total, 'line') + ' taken')}: job {code(job.id)}. How far it is, and what came of each line, "
        "comes by itself into your messages with me."
    )
    return compose(text, [section(text)], [reader.account_line()])


def fetching(name: str, reader: Reader) -> Message:
    """A file was taken."""
    text = (
        f"{bold(code(name))} is on the way in. How far it is, and what came of each line, comes by itself into your "
        "messages with me."
    )
    return compose(text, [section(text)], [reader.account_line()])


def not_fetched(name: str, why: str, company: str) -> Message:
    """A file could not be fetched out of Slack, so nothing was decided.

    Args:
        name: of the file.
        why: in plain words without a full stop.
        company: for which it was sent.
    """
    text = (
        f"The list {code(name)} could not be read: {plain(why, 200)}. Nothing was accepted for {plain(company)}. "
        "Send it again, or paste the list."
    )
    return compose(text, [section(text)])


def template_comment() -> str:
    """What is said with the template, plain text."""
    return (
        "Fill in one device a line: imei or serial, and approval_id if your billing has one. Then send it with "
        "/rollcall approvals bulk."
    )


def problem(text: str) -> str:
    """What is wrong, as short as Slack shows it below a field."""
    return text if len(text) <= _LONGEST_PROBLEM else text[: _LONGEST_PROBLEM - 1] + "…"
