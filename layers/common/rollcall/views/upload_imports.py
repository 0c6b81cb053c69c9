"""What is answered when a check's file is imported (row B5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import button, context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.uploads import Upload
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

IMPORT: Final = "uploads.import"


def import_button(upload_id: str, rows: int, say: Wording = ENGLISH) -> Element:
    """The button below a check that found rows to store."""
    return button(
        say("Import these {number}", number=say.count(rows)),
        IMPORT,
        {"id": upload_id},
        style="primary",
        label=say("Import the file of check {upload}", upload=upload_id),
    )


def offers(upload: Upload, say: Wording = ENGLISH) -> list[Element]:
    """The button below an upload that was a check and can be imported; none below any other."""
    rows = upload.figures.rows.stored
    return [import_button(upload.id, rows, say)] if upload.check_only and not upload.is_running and rows else []


def since_check(upload: Upload, say: Wording = ENGLISH) -> str:
    """What changed between a check and its import, as one mrkdwn sentence; empty for what is no finished import."""
    if not upload.checked or upload.is_running or upload.fault:
        return ""
    found, stored = upload.checked_stored, upload.figures.rows.stored
    check = code(upload.checked)
    if stored == found:
        return say("As the check {check} said: nothing changed since.", check=check)
    rows = say.count(found, "row")
    if stored < found:
        fewer = "The check {check} found {rows} to store; {number} of these are refused now."
        if found - stored == 1:
            fewer = "The check {check} found {rows} to store; {number} of these is refused now."
        return say(fewer, check=check, rows=rows, number=bold(say.count(found - stored)))
    more = "The check {check} found {rows} to store; {number} more can be stored now."
    return say(more, check=check, rows=rows, number=say.count(stored - found))


def importing(check: Upload, uploads: Sequence[Upload], reader: Reader) -> Message:
    """The import is on its way; pressed again, it names the same upload.

    Args:
        check: the check.
        uploads: the one upload; none where an earlier import was never carried out.
        reader: who pressed.
    """
    say = reader.say
    if not uploads:
        text = say("This was asked for before, and its file never came. Send the file again.")
        return compose(text, [section(text)], [reader.account_line()], say=say)
    rows = check.figures.rows.stored
    told = "{rows} of {file} are being imported as upload {upload}."
    if rows == 1:
        told = "{rows} of {file} is being imported as upload {upload}."
    head = say(told, rows=bold(say.count(rows, "row")), file=code(check.file_name), upload=code(uploads[0].id))
    later = say(
        "It is the very file that was checked. The result comes by itself into your messages with me, "
        "and says which rows are refused now, should something have changed since."
    )
    return compose(f"{head}\n{later}", [section(head), context(later)], [reader.account_line()], say=say)


def nothing_to_import(upload: Upload, reader: Reader) -> Message:
    """An upload that is no finished check, or one in which nothing can be stored."""
    say = reader.say
    if not upload.check_only:
        text = say("{check} was no check: what it could store is stored.", check=code(upload.id))
    elif upload.is_running:
        text = say("The check {check} is not finished yet. Import it when its result is there.", check=code(upload.id))
    else:
        text = say(
            "The check {check} found no row that can be stored. Mend the file and check it again.",
            check=code(upload.id),
        )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def customer_gone(upload: Upload, reader: Reader) -> Message:
    """The customer takes nothing from this reseller any more."""
    say = reader.say
    text = say("{company} does not accept uploads from you any more.", company=reader.company(upload.customer or ""))
    return compose(text, [section(text)], [reader.account_line()], say=say)
