"""When somebody is reminded, as values: nothing is said twice, nothing too early, and nothing of what was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.hours import exact_zone, is_quiet, monday, nearest_zone, zone_of
from rollcall.reminder_books import book_from_json, book_to_json, rules_from_json, rules_to_json
from rollcall.reminders import (
    ESCALATION,
    FIRST,
    PAUSE,
    SECOND,
    Book,
    Entry,
    Found,
    Reminding,
    RulesError,
    Stage,
    advance,
    asked_lately,
    due,
    oldest,
    refreshed,
)
from rollcall.uploads import utc

pytestmark = pytest.mark.feature("B15")
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RULES = Reminding()


def at(hours):
    return START + timedelta(hours=hours)


def found(*hours):
    return [Found(f"U-{number}", "RSL-ACME", utc(at(hour))) for number, hour in enumerate(hours)]


def look(book, waiting, hours, *, nudged=(), quiet=False, silent=(), rules=RULES):
    book = refreshed(book, waiting, more=False)
    return advance(book, rules, at(hours), nudged=dict(nudged), quiet=quiet, silent=silent)


def played(waiting, *, until=200, step=0.5, **options):
    """Looks every half hour; when somebody was reminded, and when something was escalated."""
    book, reminded, escalated = Book(), [], []
    for number in range(int(until / step)):
        taken = look(book, waiting, number * step, **options)
        book = taken.book
        reminded += [number * step] * taken.reminds
        escalated += [number * step] * len(taken.escalated)
    return reminded, escalated


def test_one_upload_is_reminded_of_after_24_and_72_hours_and_escalated_once():
    assert played(found(0)) == ([24, 72], [120])


def test_forty_uploads_of_a_day_are_one_reminder_a_day():
    reminded, escalated = played(found(*(number / 4 for number in range(40))))
    assert len(reminded) == 4
    assert reminded[0] == 24
    assert all(later - earlier >= 20 for earlier, later in pairwise(reminded))
    assert len(escalated) == 40


def test_what_is_switched_off_is_not_said():
    assert played(found(0), rules=Reminding(0, 0, 0)) == ([], [])
    assert played(found(0), rules=Reminding(0, 72, 0)) == ([72], [])
    assert played(found(0), rules=Reminding(0, 0, 120)) == ([], [120])


def test_what_is_decided_in_between_is_forgotten():
    book = look(Book(), found(0), 0).book
    assert look(book, [], 30).book == Book()
    assert not look(look(book, [], 10).book, found(25), 30).reminds


def test_a_nudge_of_the_same_hours_counts_as_the_reminder():
    taken = look(Book(), found(0), 25, nudged={"U-0": utc(at(20))})
    assert not taken.reminds
    assert taken.book.entries[0].stage is Stage.FIRST
    assert taken.book.entries[0].asked == (utc(at(20)),)
    assert look(taken.book, found(0), 72).reminds
    assert look(Book(), found(0), 25, nudged={"U-0": utc(at(10))}).reminds, "an older nudge does not count"


def test_a_reminder_counts_as_a_nudge_for_some_hours_and_a_nudge_is_none():
    book = look(Book(), found(0), 24).book
    assert asked_lately(book, "U-0", at(30)) == utc(at(24))
    assert asked_lately(book, "U-0", at(36)) == ""
    assert asked_lately(book, "U-1", at(30)) == ""
    nudged = look(Book(), found(0), 25, nudged={"U-0": utc(at(20))}).book
    assert asked_lately(nudged, "U-0", at(26)) == ""


def test_quiet_hours_put_off_and_blocked_resellers_are_left_out():
    quiet = look(Book(), found(0), 130, quiet=True)
    assert (quiet.reminds, quiet.escalated) == (False, ())
    assert look(quiet.book, found(0), 131).reminds
    assert look(Book(), found(0), 130, silent={"RSL-ACME"}).reminds is False


def test_nothing_is_escalated_of_which_nobody_was_reminded_a_day_before():
    """As when the clock stood still for a week."""
    first = look(Book(), found(0), 300)
    assert (first.reminds, first.escalated) == (True, ())
    assert look(first.book, found(0), 323).escalated == ()
    (late,) = look(first.book, found(0), 324).escalated
    assert (late.subject, late.escalated) == ("U-0", utc(at(324)))


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=12),
    st.lists(st.tuples(st.floats(0, 300), st.booleans()), max_size=60),
    st.sampled_from([Reminding(*hours) for hours in ((24, 72, 120), (12, 48, 0), (0, 96, 336), (48, 0, 168))]),
)
def test_whatever_the_times_of_the_looks_nothing_is_said_twice(uploads, looks, rules):
    book, told = Book(), []
    waiting = found(*sorted(uploads))
    for hours, quiet in sorted(looks):
        taken = look(book, [one for one in waiting if one.since <= utc(at(hours))], hours, quiet=quiet, rules=rules)
        again = look(taken.book, list(waiting), hours, rules=rules, quiet=True)
        assert not again.reminds
        assert not again.escalated
        if not quiet:
            same = look(taken.book, [one for one in waiting if one.since <= utc(at(hours))], hours, rules=rules)
            assert not same.reminds, "the same look said it again"
        told += [hours] * taken.reminds
        for late in taken.escalated:
            assert late.stage is Stage.ESCALATED
            assert at(hours) - datetime.fromisoformat(late.since) >= timedelta(hours=rules.escalation)
        assert book_from_json(book_to_json(taken.book), version=0) == taken.book
        book = taken.book
    assert all((later - earlier) * 3600 >= PAUSE.total_seconds() - 1 for earlier, later in pairwise(told))
    assert all(len(entry.asked) <= 3 for entry in book.entries)


def test_what_does_not_fit_into_a_book_stays_in_it_while_it_may_wait():
    book = Book((Entry("U-0", "R", utc(at(0))), Entry("U-9", "R", utc(at(9)), Stage.FIRST)))
    kept = refreshed(book, found(0, 1), more=True)
    assert [entry.subject for entry in kept.entries] == ["U-0", "U-1", "U-9"]
    assert kept.more
    assert [entry.subject for entry in refreshed(book, found(0, 1), more=False).entries] == ["U-0", "U-1"]


def test_hours_are_picked_from_the_menu_and_follow_each_other():
    for rules in (Reminding(1, 2, 3), Reminding(48, 48, 0), Reminding(24, 96, 96), Reminding(-24, 0, 0)):
        with pytest.raises(RulesError):
            rules.check()
    good = [Reminding(a, b, c) for a in FIRST for b in SECOND for c in ESCALATION]
    for rules in good:
        try:
            checked = rules.check()
        except RulesError:
            continue
        assert rules_from_json(rules_to_json(checked)) == rules
    assert rules_from_json(None) == rules_from_json([1, 2]) == rules_from_json("no") == RULES


def test_how_long_the_oldest_waits_is_of_all_accounts():
    assert oldest(["", utc(at(3)), utc(at(1))], at(11)) == 10
    assert oldest(["", ""], at(1)) == 0


def test_subjects_are_due_one_by_one():
    book = refreshed(Book(), found(0, 10), more=False)
    assert due(book, RULES, at(24)) == ("U-0",)
    assert due(book, RULES, at(34)) == ("U-0", "U-1")
    assert due(replace(book, entries=()), RULES, at(99)) == ()


def test_nights_and_weekends_are_those_of_the_time_zone():
    berlin, seoul = zone_of("Europe/Berlin"), zone_of("Asia/Seoul")
    evening = datetime(2026, 7, 3, 16, 30, tzinfo=UTC)  # a Friday; 18:30 in Berlin, Saturday in Seoul
    assert is_quiet(evening, berlin)
    assert not is_quiet(evening - timedelta(hours=1), berlin)
    assert is_quiet(evening - timedelta(hours=1), seoul)
    assert not is_quiet(datetime(2026, 7, 5, 23, 30, tzinfo=UTC), seoul), "Monday morning there"
    assert not is_quiet(evening, None), "nobody knows whose night it is"


def test_a_week_of_work_begins_on_monday_at_eight():
    berlin = zone_of("Europe/Berlin")
    assert utc(monday(datetime(2026, 3, 30, 6, 0, tzinfo=UTC), berlin).astimezone(UTC)) == "2026-03-30T06:00:00Z"
    assert utc(monday(datetime(2026, 3, 30, 5, 59, tzinfo=UTC), berlin).astimezone(UTC)) == "2026-03-23T07:00:00Z"
    assert utc(monday(datetime(2026, 3, 5, tzinfo=UTC), None)) == "2026-03-02T08:00:00Z"


def test_time_zones_are_understood_as_people_type_them():
    assert exact_zone("europe/berlin") == "Europe/Berlin"
    assert exact_zone("America/New York") == "America/New_York"
    assert (exact_zone("utc"), exact_zone("Berlin")) == ("UTC", "")
    assert nearest_zone("berlin") == "Europe/Berlin"
    assert zone_of("../../etc/passwd") is zone_of("") is zone_of("Europe") is None
