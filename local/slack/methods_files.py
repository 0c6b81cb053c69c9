"""Web API: ``files.*``, in Slack's three steps: ask for an address, send the bytes, say where to share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local.slack.calls import method
from local.slack.faults import SlackError
from local.slack.methods_chat import add, writable
from local.slack.objects import bot_message, file_object
from local.slack.world import File, Message

if TYPE_CHECKING:
    from local.slack.calls import Call
    from local.slack.world import World


def new_file(world: World, *, team: str, user: str, name: str, content: bytes | None, length: int = 0) -> File:
    """Return a new file, not yet shared anywhere."""
    file = File(world.mint("F"), team, user, name, name, int(world.now()), content, length=length)
    world.files[file.id] = file
    return file


def file_of(call: Call, file: str) -> File:
    """Return a file of the calling team.

    Raises:
        SlackError: ``file_not_found``.
    """
    found = call.world.files.get(file)
    if found is None or found.team != call.team.id:
        raise SlackError("file_not_found")
    return found


@method("files.getUploadURLExternal")
def get_upload_url(call: Call) -> dict[str, Any]:
    """Hand out the address to send the bytes to."""
    name = call.text("filename")
    try:
        length = int(call.text("length"))
    except ValueError as error:
        raise SlackError("invalid_arguments", ("[ERROR] length must be a number",)) from error
    if length <= 0:
        raise SlackError("invalid_arguments", ("[ERROR] length must be greater than 0",))
    file = new_file(call.world, team=call.team.id, user=call.team.bot_user, name=name, content=None, length=length)
    return {"upload_url": f"{call.world.url}/upload/v1/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal")
def complete_upload(call: Call) -> dict[str, Any]:
    """Share files whose bytes have come, or keep them private where no channel is named."""
    wanted = call.args.get("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", ("[ERROR] missing required field: files",))
    files = []
    for item in wanted:
        file = file_of(call, str(item.get("id")))
        if file.content is None:
            raise SlackError("file_upload_not_complete")
        file.title = str(item.get("title") or file.name)
        files.append(file)
    places = call.args.get("channel_id") or call.args.get("channels") or ""
    for place in filter(None, str(places).split(",")):
        channel = writable(call, place)
        body = bot_message(call.team, call.world.mint_ts(), {**call.args, "text": call.args.get("initial_comment")})
        for file in files:
            file.channels.append(channel.id)
        body |= {"files": [file_object(call.world, file) for file in files], "subtype": "file_share"}
        add(call.world, Message(call.team.id, channel.id, body))
    return {"files": [file_object(call.world, file) for file in files]}


@method("files.info")
def files_info(call: Call) -> dict[str, Any]:
    """Return one file."""
    return {"file": file_object(call.world, file_of(call, call.text("file", "file_not_found")))}


@method("files.delete")
def files_delete(call: Call) -> dict[str, Any]:
    """Delete a file of the bot's own."""
    file = file_of(call, call.text("file", "file_not_found"))
    if file.user != call.team.bot_user:
        raise SlackError("cant_delete_file")
    del call.world.files[file.id]
    call.world.touch(call.team.id)
    return {}
