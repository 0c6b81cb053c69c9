"""The life of a device: exactly the steps of the table, and no others."""

from __future__ import annotations

from itertools import product

import pytest

from rollcall.transitions import TABLE, Act, Status, TransitionError, follow, sources

PENDING, VERIFIED, MPTS_ERROR, EXCHANGING, REJECTED = Status

#: from, to, by: as the domain has it. An exchange ends in the state that it began in.
STEPS = [
    (None, {PENDING, MPTS_ERROR}, Act.UPLOADED),
    (MPTS_ERROR, {PENDING}, Act.HEALED),
    (PENDING, {VERIFIED}, Act.ACCEPTED),
    (PENDING, {VERIFIED}, Act.AUTO_ACCEPTED),
    (PENDING, {REJECTED}, Act.REJECTED),
    (VERIFIED, {PENDING}, Act.UNDONE),
    (REJECTED, {PENDING}, Act.UNDONE),
    (PENDING, {EXCHANGING}, Act.EXCHANGE_BEGUN),
    (VERIFIED, {EXCHANGING}, Act.EXCHANGE_BEGUN),
    (EXCHANGING, {PENDING, VERIFIED}, Act.EXCHANGE_ENDED),
    (VERIFIED, {VERIFIED}, Act.RELEASED),
    (PENDING, {None}, Act.DELETED),
    (VERIFIED, {None}, Act.DELETED),
    (MPTS_ERROR, {None}, Act.DELETED),
    (REJECTED, {None}, Act.DELETED),
    (PENDING, {None}, Act.UPLOAD_UNDONE),
    (MPTS_ERROR, {None}, Act.UPLOAD_UNDONE),
]
ALLOWED = {(status, act) for status, _, act in STEPS}


@pytest.mark.feature("P6")
def test_the_table_is_the_domains():
    assert {(status, act): frozenset(to) for status, to, act in STEPS} == TABLE


@pytest.mark.parametrize(("status", "act"), sorted(product([None, *Status], Act), key=str))
def test_every_step_is_allowed_or_refused(status, act):
    if (status, act) not in ALLOWED:
        with pytest.raises(TransitionError) as refused:
            follow(status, act, before_exchange=PENDING)
        assert (refused.value.status, refused.value.act) == (status, act)
        assert act.value in str(refused.value)
    else:
        assert follow(status, act, before_exchange=PENDING) in TABLE[status, act]


@pytest.mark.parametrize("before", [PENDING, VERIFIED])
def test_an_exchange_ends_where_it_began(before):
    assert follow(EXCHANGING, Act.EXCHANGE_ENDED, before_exchange=before) is before


@pytest.mark.parametrize("before", [None, REJECTED, MPTS_ERROR, EXCHANGING])
def test_an_exchange_cannot_end_where_none_can_begin(before):
    with pytest.raises(TransitionError):
        follow(EXCHANGING, Act.EXCHANGE_ENDED, before_exchange=before)


@pytest.mark.parametrize("act", Act)
def test_sources_are_what_a_conditional_write_checks(act):
    assert sources(act) == {status for status, allowed in ALLOWED if allowed is act}


@pytest.mark.feature("P6")
@pytest.mark.parametrize("status", Status)
def test_each_state_has_a_sentence(status):
    assert status.sentence.endswith(".")
    assert len({other.sentence for other in Status}) == len(Status)
