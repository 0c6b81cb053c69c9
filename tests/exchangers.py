"""Those who exchange IMEIs, and an exchange system that says what a test wants it to say."""

from __future__ import annotations

from rollcall.exchanges import Answer, Verdict
from rollcall.exchanging.exchanges import Exchanges
from rollcall.exchanging.runner import ExchangeClock, ExchangeRunner
from rollcall.store.claims import Claims
from rollcall.store.exchange_records import ExchangeRecords
from tests.files_of import imei
from tests.removers import RAE, Removers

DONE, LATER = Answer(Verdict.DONE), Answer(Verdict.LATER)


class System:
    """Says what it is told to say, the last of it for ever; notes what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers) or [LATER], []

    def exchange(self, exchange):
        self.asked.append((exchange.id, exchange.old, exchange.new))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Exchangers(Removers):
    """An office that exchanges, too."""

    def __init__(self, cloud):
        super().__init__(cloud)
        self.records = ExchangeRecords(self.client, "UploadsTable")
        self.system = System()

    @property
    def exchanges(self):
        return Exchanges(
            records=self.records,
            store=self.swaps,
            changes=self.decisions.changes,
            claims=self.chain_claims(),
            tidings=self.tidings(),
            queue=self.queue,
            now=lambda: self.now,
        )

    def chain_claims(self):
        return Claims(self.client, "DevicesTable", seconds_left=self.time_left, pause=lambda _: None)

    def run(self, message):
        if message["kind"] != "exchange":
            return super().run(message)
        runner = ExchangeRunner(
            records=self.records,
            store=self.swaps,
            system=self.system,
            tidings=self.tidings(),
            herald=self.herald(),
            now=lambda: self.now,
        )
        return runner.run(message["id"])

    def tick(self):
        """The clock's look, and all that it sends."""
        sent = ExchangeClock(self.records, self.queue, lambda: self.now).sweep()
        self.work()
        return sent

    def exchange(self, old, new, *, by=RAE, once="x"):
        """Begins an exchange of numbers, and lets the first message be worked on."""
        begun = self.exchanges.begin(by, imei(old), imei(new), once=once)
        self.work()
        return begun
