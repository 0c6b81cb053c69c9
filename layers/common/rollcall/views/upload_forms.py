"""The form that sends CSV files, its menu of customers, and what follows when it was sent (rows P8, P10, B5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.incoming import ENDINGS, FORM_FILES
from rollcall.layout import MANY
from rollcall.upload_forms import CHECK, FILES, action_id, write_metadata
from rollcall.views.blocks import actions, button, context, section
from rollcall.views.inputs import (
    MOST_OPTIONS,
    checkbox,
    date_input,
    file_input,
    form,
    input_block,
    menu,
    option,
    searched_menu,
    text_input,
)
from rollcall.views.message import compose
from rollcall.views.modals import modal
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH
from rollcall.wishes import CUSTOMER, LONGEST_ORDER, ORDER_DATE, ORDER_NUMBER, STC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rollcall.accounts import Link, Reseller
    from rollcall.uploads import Upload
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording
    from rollcall.wishes import Wish

#: Both the form's callback id and the action id of the buttons that open it.
NEW: Final = "uploads.new"
LINK: Final = "uploads.link"
OPEN_CUSTOMERS: Final = action_id(CUSTOMER)
_MANY_TEXT: Final = "Many customers: named in each row"


def upload_form(
    reader: Reader, reseller: Reseller, links: Mapping[str, Link], last: Wish, *, problem: str = ""
) -> dict[str, Any]:
    """The form, with what this person picked the last time.

    Args:
        reader: who fills it in.
        reseller: their company.
        links: its customers.
        last: customer and sold-to code of the last time; what is no longer there is left out.
        problem: said at its top, plain text.
    """
    say = reader.say
    blocks: list[Block] = [section(bold(plain(problem, 300)))] if problem else []
    blocks.append(
        input_block(
            CUSTOMER,
            say("Customer"),
            searched_menu(
                OPEN_CUSTOMERS,
                placeholder=say("Name, your reference, or id"),
                initial=customer_option(last.customer, links, reader),
            ),
        )
    )
    if len(reseller.sold_to_codes) > 1:
        hint = say("Enterprise Edition devices need one; files for many customers take none.")
        picked = "" if last.customer == MANY else last.stc
        blocks.append(
            input_block(
                STC, say("Sold-to code"), codes_menu(reseller, initial=picked, say=say), hint=hint, optional=True
            )
        )
    blocks += [
        input_block(
            FILES,
            say("CSV files"),
            file_input(action_id(FILES), endings=ENDINGS, most=FORM_FILES),
            hint=say("Up to {number} files of 10 MB each; every file is an upload of its own.", number=FORM_FILES),
        ),
        input_block(
            ORDER_NUMBER,
            say("Order number"),
            text_input(action_id(ORDER_NUMBER), longest=LONGEST_ORDER),
            hint=say("For rows that have none of their own."),
            optional=True,
        ),
        input_block(
            ORDER_DATE,
            say("Order date"),
            date_input(action_id(ORDER_DATE)),
            hint=say("For rows that have none of their own."),
            optional=True,
        ),
        input_block(
            CHECK,
            say("What to do"),
            checkbox(action_id(CHECK), say("Check only: say what would happen, store nothing"), "check"),
            optional=True,
        ),
        section(say("A file larger than 10 MB goes by an upload link."), _link_button(say=say)),
        reader.account_line(),
    ]
    return form(
        NEW,
        say("Upload devices"),
        blocks,
        submit=say("Send"),
        metadata=write_metadata(reader.acting.account),
        say=say,
    )


def codes_menu(reseller: Reseller, *, initial: str = "", say: Wording = ENGLISH) -> Element:
    """The company's sold-to codes by alias."""
    options = [option(f"{code.alias} ({code.code})", code.alias) for code in reseller.sold_to_codes]
    return menu(action_id(STC), options, placeholder=say("None"), initial=initial)


def customer_option(customer: str, links: Mapping[str, Link], reader: Reader) -> dict[str, Any] | None:
    """A customer as a choice of the menu; None if it can not be picked now."""
    if customer == MANY:
        return option(reader.say(_MANY_TEXT), MANY)
    link = links.get(customer)
    return _customer(link, reader) if link and not link.is_blocked else None


def customer_options(typed: str, links: Mapping[str, Link], reader: Reader) -> list[dict[str, Any]]:
    """The customers that fit what was typed so far: part of a name, a reference or an id. At most 100."""
    wanted = typed.strip().casefold()
    own = {link.customer: link for link in links.values()}
    msps: dict[str, str] = {link.customer: name for name, link in links.items() if name != link.customer}

    def fits(texts: Iterable[str]) -> bool:
        return not wanted or any(wanted in text.casefold() for text in texts)

    found = [
        link
        for link in own.values()
        if fits(
            (reader.names.get(link.customer, ""), link.internal_reference, link.customer, msps.get(link.customer, ""))
        )
    ]
    found.sort(key=lambda link: (reader.names.get(link.customer, "").casefold(), link.customer))
    many_text = reader.say(_MANY_TEXT)
    many = [option(many_text, MANY)] if fits((many_text,)) else []
    return [*many, *(_customer(link, reader) for link in found)][:MOST_OPTIONS]


def _customer(link: Link, reader: Reader) -> dict[str, Any]:
    say = reader.say
    name = reader.names.get(link.customer) or link.customer
    parts = [name if len(name) <= 30 else name[:29] + "…", link.internal_reference[:20], link.customer]  # noqa: PLR2004 - 75 characters hold a name, a reference and most ids
    return option(
        " · ".join(part for part in parts if part) + (" " + say("(blocked you)") if link.is_blocked else ""),
        link.customer,
    )


def invitation(reader: Reader, *, late: bool = False) -> Message:
    """A button that opens the form, where nothing can be opened at once.

    Args:
        reader: who is invited.
        late: the form was asked for, and Slack waited no longer for it.
    """
    say = reader.say
    text = say("Send CSV files of devices: pick the customer and the files in a form.")
    if late:
        text = say("The form took too long to open, and Slack waits three seconds only. Press once more.")
    foot = [*actions([open_button(reader), _link_button(say=say)]), reader.account_line()]
    return compose(text, [section(text)], foot, say=say)


def open_button(reader: Reader) -> Element:
    """The button that opens the form."""
    say = reader.say
    return button(say("Upload devices"), NEW, {"as": reader.acting.account}, style="primary")


def _link_button(say: Wording = ENGLISH) -> Element:
    return button(say("Get an upload link"), LINK, {}, label=say("Get an upload link for a large file"))


def sent(uploads: Sequence[Upload], reader: Reader) -> Message:
    """What is told at once when files were sent: what comes next, and under which ids."""
    say = reader.say
    check_only = bool(uploads) and uploads[0].check_only
    one = len(uploads) == 1
    told = "{files} is on the way in." if one else "{files} are on the way in."
    if check_only:
        told = "{files} is being checked; nothing will be stored."
        if not one:
            told = "{files} are being checked; nothing will be stored."
    head = say(told, files=bold(say.count(len(uploads), "file")))
    lines = [
        say(
            "{file} {destination}: upload {upload}",
            file=code(upload.file_name),
            destination=destination(upload, reader),
            upload=code(upload.id),
        )
        for upload in uploads
    ]
    later = say("The result of each comes by itself into your messages with me.")
    return compose(
        "\n".join([head, *lines, later]),
        [section(head), *(section(line) for line in lines), context(later)],
        [reader.account_line()],
        say=say,
    )


def sent_modal(uploads: Sequence[Upload], reader: Reader) -> dict[str, Any]:
    """The same in the form's place."""
    say = reader.say
    return modal(sent(uploads, reader), say("Sent"))


def destination(upload: Upload, reader: Reader) -> str:
    """For whom an upload is, as mrkdwn."""
    say = reader.say
    if upload.many:
        return say("for many customers")
    return say("for {company}", company=reader.company(upload.customer or "")) + (
        say(", order {order}", order=code(upload.order_number, 40)) if upload.order_number else ""
    )
