"""Files that somebody asked for in Slack: lists, the status of many devices, an upload's reports. Each is sent once."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.accounts import Person
from rollcall.desk.export_jobs import LARGEST_MESSAGE, LINK_SECONDS
from rollcall.errands.errand import Done
from rollcall.layout import export_key
from rollcall.store.report_files import report_key
from rollcall.uploads import utc
from rollcall.views import exports as views
from rollcall.views.upload_messages import report_comment

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools


def export(tools: Tools, errand: Errand) -> Done:
    """Writes a list, or the next piece of it."""
    tools.exports.run(errand.message, seconds_left=errand.seconds_left)
    return Done()


def device_sheet(tools: Tools, errand: Errand) -> Done:
    """Sends the status of many devices as a CSV into the asker's DM."""
    job = errand.message
    if tools.copies.get(job["id"]) is not None:
        return Done()
    person = Person(job["home_team"], job["user"])
    team = tools.sender.nearest(job["team"], job.get("asked_in", ""))
    sheet = tools.desk.sheet(person, job["question"])
    if sheet is None:
        # The asker lost their place, or has several now and did not say which: they are told as they would be anywhere.
        copy = tools.sender.to_person(team, job["user"], tools.desk.answer(person, job["question"]))
    else:
        copy = tools.sender.file_to_person(
            team, job["user"], name=sheet.name, content=sheet.content, comment=sheet.comment
        )
    tools.copies.put(job["id"], copy, now=time.time())
    return Done()


def report(tools: Tools, errand: Errand) -> Done:
    """Sends a report of an upload into the asker's DM; a large one as a link."""
    job = errand.message
    if tools.copies.get(job["id"]) is not None:
        return Done()
    person = Person(job["home_team"], job["user"])
    team = tools.sender.nearest(job["team"], job.get("asked_in", ""))
    found = tools.reports.find(person, job["upload"], job["name"], job.get("account", ""))
    if found is None:
        # Silence would leave them waiting; the answer to the question says what they may know.
        copy = tools.sender.to_person(team, job["user"], tools.desk.answer(person, f"uploads {job['upload']}"))
    elif found.size <= LARGEST_MESSAGE:
        copy = tools.sender.file_to_person(
            team,
            job["user"],
            name=found.name,
            content=tools.reports.read(found),
            comment=report_comment(found.upload, found.name, found.reader.say),
        )
    else:
        until = utc(datetime.fromtimestamp(time.time() + LINK_SECONDS, UTC))
        key = report_key(found.upload, found.name)
        if found.own is not None:
            key = export_key(found.reader.acting.account, job["id"], found.name)
            tools.signer.put(key, found.own, "text/csv; charset=utf-8")
        url = tools.signer.link(key, seconds=LINK_SECONDS, file_name=found.name)
        counted = found.reader.say.count(found.size // 1024, "kB", "kB")
        copy = tools.sender.to_person(
            team,
            job["user"],
            views.large(url, name=found.name, counted=counted, until=until, reader=found.reader),
        )
    tools.copies.put(job["id"], copy, now=time.time())
    return Done()
