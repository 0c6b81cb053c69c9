"""Lists to accept by: the template, and a file that somebody sent in Slack (row P26)."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rollcall import layout
from rollcall.accounts import Person
from rollcall.desk.visits import spoken_by
from rollcall.errands.errand import Done
from rollcall.lists import template
from rollcall.slack.files import FetchBrokenError, LargeFileError, NotFetchedError
from rollcall.store import clients
from rollcall.store.grants import Grant
from rollcall.store.objects import Objects
from rollcall.views import approval_bulk as views

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools

_MEGABYTE: Final = 1024 * 1024


def list_template(tools: Tools, errand: Errand) -> Done:
    """Sends the CSV file to fill in, once."""
    job = errand.message
    if tools.copies.get(job["id"]) is None:
        person = Person(job.get("home_team") or job["team"], job["user"])
        say = spoken_by(tools.accounts, (one.account for one in tools.accounts.memberships(person)))
        copy = tools.sender.file_to_person(
            job["team"], job["user"], name="accept.csv", content=template(), comment=views.template_comment(say)
        )
        tools.copies.put(job["id"], copy, now=time.time())
    return Done()


def list_file(tools: Tools, errand: Errand) -> Done:
    """Brings a list to the bucket in the name of whoever sent it; the bucket's notification does the rest.

    Whether they may decide is asked when the list is read, as of every other list there.
    """
    job = errand.message
    if tools.copies.get(job["id"]) is not None:
        return Done()
    settings = tools.settings
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        try:
            tools.files.fetch(job["team"], job["file"], path, most_bytes=settings.max_file_bytes)
        except NotFetchedError as error:
            return _give_up(tools, errand, error.reason)
        except LargeFileError:
            return _give_up(tools, errand, "it is larger than {most} MB", most=settings.max_file_bytes // _MEGABYTE)
        except FetchBrokenError:
            if not errand.last:
                raise
            return _give_up(tools, errand, "Slack did not hand it over in several tries")
        by = f"person:{job['home_team']}:{job['user']}"
        grants = tools.workshop(errand.seconds_left).grants
        grant = grants.give(Grant(job["account"], by), now=time.time())
        key = layout.accept_key(job["account"], f"{job['id']}.csv")
        put = Objects(clients.s3(), settings.bucket).put_once(key, path, "text/csv", metadata={"grant": grant})
    return Done("List fetched", {"result": "fetched" if put else "repeated"})


def _give_up(tools: Tools, errand: Errand, why: str, **parts: object) -> Done:
    job = errand.message
    say = spoken_by(tools.accounts, [job["account"]])
    customer = tools.accounts.customer(job["account"])
    message = views.not_fetched(
        job["file"]["name"], say(why, **parts), customer.name if customer else job["account"], say
    )
    copy = tools.sender.to_person(job["home_team"], job["user"], message)
    tools.copies.put(job["id"], copy, now=time.time())
    return Done("List not fetched", {"why": why}, {"FilesNotFetched": 1}, warning=True)
