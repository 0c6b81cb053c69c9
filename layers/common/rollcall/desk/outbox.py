"""What is answered later or elsewhere: in a DM, as a file, in App Home. Another function does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from rollcall.commands import Command
from rollcall.desk.turns import question_of, read_turn
from rollcall.grammar import parse
from rollcall.references import reference
from rollcall.slack.endings import Endings
from rollcall.store.queues import Queue
from rollcall.store.sessions import LazyClient
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.accounts import NotifyTarget, Person
    from rollcall.acting import Acting
    from rollcall.desk.desk import Desk
    from rollcall.settings import Settings
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

#: Seconds after which whoever posted a message has remembered it, or is dead: twice the time that notify has.
SETTLED: Final = 60
SENT: str = "Sent: it is in your messages with me in a moment."
SENT_AS_FILE: str = "It comes as a CSV file into your messages with me in a moment."


class Outbox:
    """Sends notices and jobs.

    Attributes:
        endings: has it looked into where Slack does not know a token any more.

    Args:
        desk: answers what is sent.
        notices: queue of messages to Slack.
        jobs: queue of longer work.
    """

    def __init__(self, desk: Desk, *, notices: Queue, jobs: Queue) -> None:
        self._desk = desk
        self.endings = Endings(notices)
        self._notices = notices
        self._jobs = jobs

    @classmethod
    def from_settings(cls, desk: Desk, settings: Settings) -> Self:
        """The outbox on a stack's queues."""
        sqs = LazyClient("sqs")
        return cls(desk, notices=Queue(sqs, settings.notices_queue_url), jobs=Queue(sqs, settings.jobs_queue_url))

    def send_to_dm(self, person: Person, value: Mapping[str, object], *, team: str, once: str) -> str:
        """Sends an answer to the asker's DM, where it stays.

        Args:
            person: who asks.
            value: of the button.
            team: where it was clicked. In a channel that companies share this may be another's workspace: the answer
                goes home with the person, and to that workspace's bot only where Rollcall is not at home with them.
            once: names the click; the same click sends nothing twice.

        Returns:
            What the asker is told at once.
        """
        question = question_of(value)
        command = parse(question)
        if (
            isinstance(command, Command)
            and (command.area, command.word) == ("devices", "find")
            and len(command.ids) > 1
        ):
            self._jobs.send(
                [
                    {
                        "kind": "device_sheet",
                        "id": reference(once, person.key),
                        "team": person.team,
                        "asked_in": team,
                        "home_team": person.team,
                        "user": person.user,
                        "question": question,
                    }
                ]
            )
            return self._desk.say(person)(SENT_AS_FILE)
        answer = self._desk.answer(person, question, turn=read_turn(value, ""))
        self.tell(person, answer, team=team, once=once)
        return answer.say(SENT)

    def send_report(self, person: Person, value: Mapping[str, object], name: str, *, team: str, once: str) -> str:
        """Sends a report of an upload into the clicker's DM, if they may read it.

        Args:
            person: who asks.
            value: of the button; it names the upload.
            name: of the file.
            team: where it was clicked; see `send_to_dm`.
            once: names the click; the same click sends nothing twice.

        Returns:
            What the clicker is told at once.
        """
        self._jobs.send(
            [
                {
                    "kind": "report",
                    "id": reference(once, person.key, name),
                    "team": person.team,
                    "asked_in": team,
                    "home_team": person.team,
                    "user": person.user,
                    "upload": str(value.get("id", "")),
                    "account": str(value.get("as", "")),
                    "name": name,
                }
            ]
        )
        return self._desk.say(person)(SENT_AS_FILE)

    def answer_in_dm(self, person: Person, text: str, *, team: str, once: str) -> None:
        """Answers a text that was typed into the DM as if it were a command."""
        self._tell(person, self._desk.answer(person, text), {"team": team}, once)

    def tell(self, person: Person, message: Message, *, team: str, once: str) -> None:
        """Sends a message into somebody's DM, in their own workspace if Rollcall is there.

        Args:
            person: who it is for.
            message: what to send.
            team: where they acted; see `send_to_dm`.
            once: names the occasion; the same occasion sends nothing twice.
        """
        self._tell(person, message, {"team": person.team, "asked_in": team}, once)

    def _tell(self, person: Person, message: Message, where: Mapping[str, str], once: str) -> None:
        self._notices.send(
            [
                {
                    "kind": "dm",
                    "id": reference(once, person.key),
                    **where,
                    "user": person.user,
                    "text": message.text,
                    "blocks": message.blocks,
                }
            ]
        )

    def try_channel(self, acting: Acting, target: NotifyTarget, *, once: str, say: Wording = ENGLISH) -> None:
        """Has a first message posted into a channel that an admin has just named.

        Args:
            acting: the admin, and the account whose channel it is.
            target: the channel.
            once: names the occasion; the same occasion posts nothing twice.
            say: in the account's language.
        """
        member = acting.member
        self._notices.send(
            [
                {
                    "kind": "channel_test",
                    "id": reference(once, target.channel),
                    "team": target.team,
                    "channel": target.channel,
                    "home_team": member.team,
                    "user": member.user,
                    "name": member.name,
                    "company": acting.company,
                    "account": acting.account,
                    "language": say.language.value,
                }
            ]
        )

    def leave_channel(self, account: str, target: NotifyTarget) -> None:
        """Has what was wrong with a channel forgotten that an account names no more."""
        self._notices.send(
            [{"kind": "channel_left", "team": target.team, "channel": target.channel, "account": account}]
        )

    def look_after(self, team: str, channel: str, ts: str, mark: Mapping[str, object]) -> None:
        """Has a message of ours compared with what is remembered of it, once whoever posted it is through.

        Args:
            team: the workspace it was posted in.
            channel: likewise.
            ts: of the message.
            mark: what went with it unseen.
        """
        part = str(mark.get("part", ""))
        found = {"kind": "posted", "id": str(mark.get("notice", "")), "part": part}
        self._notices.send([{**found, "team": team, "channel": channel, "ts": ts}], delay=SETTLED)

    def farewell(self, place: str, *, happened_at: float, people: Sequence[str] = ()) -> None:
        """Has the end of an installation seen to: what is left of it deleted, and its companies told.

        Args:
            place: id of the workspace or organisation.
            happened_at: when it ended, by Slack's clock, epoch seconds.
            people: whose own tokens ended, and nothing else; nobody where the bot's did.
        """
        self._notices.send(
            [
                {
                    "kind": "farewell",
                    "id": reference(place, str(happened_at), *people),
                    "team": place,
                    "happened_at": happened_at,
                    "people": list(people),
                }
            ]
        )

    def channel_changed(self, team: str, channel: str) -> None:
        """Has what stands in a channel drawn anew: another company joined or left it.

        Args:
            team: the workspace that the app was told in.
            channel: its id.
        """
        self._notices.send([{"kind": "channel", "team": team, "channel": channel}])

    def person_changed(self, person: Person) -> None:
        """Has it looked up whether somebody is still in Slack."""
        self._notices.send([{"kind": "presence", "team": person.team, "user": person.user}])

    def refresh_home(self, person: Person, *, team: str) -> None:
        """Has a person's App Home drawn anew."""
        self._notices.send([{"kind": "home", "team": team, "home_team": person.team, "user": person.user}])
