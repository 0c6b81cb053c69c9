"""The form about an account's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.languages import NAMES
from rollcall.views.inputs import form, input_block, menu, option
from rollcall.views.setup import LANGUAGE

if TYPE_CHECKING:
    from rollcall.accounts import Customer, Reseller
    from rollcall.views.reader import Reader

    View = dict[str, Any]

#: Block of the form.
WHICH: Final = "language"
#: What is said in an account's language, and what is not.
COVERS: Final = (
    "For everybody of your company: all that Rollcall says to them. Commands, codes, states and the columns of files "
    "are in English everywhere."
)


def language_form(company: Reseller | Customer, reader: Reader, metadata: str) -> View:
    """Asks for the language."""
    say = reader.say
    options = [option(name, language.value) for language, name in NAMES.items()]
    pick = menu(WHICH, options, placeholder=say("Language"), initial=company.language.value)
    blocks = [input_block(WHICH, say("Language"), pick, hint=say(COVERS)), reader.account_line()]
    return form(LANGUAGE, say("Language"), blocks, submit=say("Save"), metadata=metadata, say=say)
