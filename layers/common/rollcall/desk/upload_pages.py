"""The page behind an upload link: what it shows, and the one time it lets a file in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.desk.uploaders import Uploader
from rollcall.incoming import SlackFile, refusal
from rollcall.webpage.links import Page, Refusal, Refused
from rollcall.wishes import Settled, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.desk.reserving import Reserving
    from rollcall.desk.uploaders import Uploaders
    from rollcall.store.post_forms import PostForm, PostForms
    from rollcall.store.upload_tickets import TicketsStore
    from rollcall.upload_tickets import Ticket


@dataclass(frozen=True, slots=True)
class Started:
    """A link that was just used.

    Attributes:
        upload: the reserved id.
        form: what the file is posted with.
    """

    upload: str
    form: PostForm


class UploadPages:
    """Shows and uses links.

    Args:
        tickets: of the links.
        uploaders: whether those who asked for them may still upload.
        reserving: what follows.
        forms: signs what the browser posts.
        most_bytes: of one file.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        tickets: TicketsStore,
        uploaders: Uploaders,
        reserving: Reserving,
        forms: PostForms,
        most_bytes: int,
        clock: Callable[[], float],
    ) -> None:
        self._tickets = tickets
        self._uploaders = uploaders
        self._reserving = reserving
        self._forms = forms
        self._most_bytes = most_bytes
        self._clock = clock

    @property
    def post_origin(self) -> str:
        """Where files are posted to."""
        return self._forms.origin

    def look(self, token: str) -> Page | Refused:
        """What a link is good for. Looking uses nothing up: programs that show previews look, too."""
        ticket = self._tickets.get(token)
        found = self._judge(ticket)
        if isinstance(found, Refused) or ticket is None:
            return found if isinstance(found, Refused) else Refused(Refusal.UNKNOWN)
        uploader, settled = found
        names = uploader.reader.names
        return Page(
            upload=ticket.upload,
            company=uploader.reader.acting.company,
            customer=names.get(settled.customer, settled.customer) if settled.customer else "",
            check_only=settled.check_only,
            until=ticket.until,
            say=uploader.reader.say,
        )

    def start(self, token: str, *, name: str, size: int, reference: str) -> Started | Refused:
        """Uses a link, once: gives out the form that one file is posted with.

        Args:
            token: of the link.
            name: of the file.
            size: of the file in bytes, as its sender says; S3 takes a file of just that size.
            reference: the id under which the logs tell more.
        """
        ticket = self._tickets.get(token)
        found = self._judge(ticket)
        if isinstance(found, Refused) or ticket is None:
            return found if isinstance(found, Refused) else Refused(Refusal.UNKNOWN)
        say = found[0].reader.say
        why = refusal(SlackFile("", name, size), limit=self._most_bytes, say=say) if size > 0 else say("is empty")
        if why:
            # The link is not used up by it: another file may be picked.
            return Refused(Refusal.FILE, said=f"{say('This file')} {why.partition(';')[0]}.", say=say)
        now = self._clock()
        if not self._tickets.use(token, now=now):
            return self._judge_again(token)
        uploader, settled = found
        upload = self._reserving.by_link(uploader, settled, name, upload_id=ticket.upload, reference=reference)
        # Good for as long as the link, and not for another fifteen minutes.
        seconds = max(1, int(ticket.until - now))
        form = self._forms.form(upload.key, least_bytes=size, most_bytes=size, seconds=seconds)
        return Started(upload.id, form)

    def _judge(self, ticket: Ticket | None) -> tuple[Uploader, Settled] | Refused:
        if ticket is None:
            return Refused(Refusal.UNKNOWN)
        if ticket.started_at:
            return Refused(Refusal.USED, upload=ticket.upload, say=self._uploaders.say(ticket.account))
        if ticket.is_over(self._clock()):
            return Refused(Refusal.OVER, say=self._uploaders.say(ticket.account))
        # Rights are those of now: a leaver's link, or one for a customer that blocked the reseller, is worth nothing.
        uploader = self._uploaders.enter(ticket.person, named=ticket.account, question="uploads link")
        if not isinstance(uploader, Uploader):
            return Refused(Refusal.NOT_ALLOWED, say=self._uploaders.say(ticket.account))
        settled = settle(ticket.wish, uploader.reseller, uploader.links, uploader.reader.say)
        if not isinstance(settled, Settled):
            return Refused(Refusal.NOT_ALLOWED, said=" ".join(settled.values()), say=uploader.reader.say)
        return uploader, settled

    def _judge_again(self, token: str) -> Refused:
        """Somebody was faster, or the time is over since."""
        found = self._judge(self._tickets.get(token))
        return found if isinstance(found, Refused) else Refused(Refusal.OVER)
