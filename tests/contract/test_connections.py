"""What of pynamodb is relied on though it is not public: a version that is otherwise fails here, and nowhere else."""

from __future__ import annotations

import pytest
from pynamodb.attributes import UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from rollcall.store import binding
from rollcall.store.connections import client_of, connection_of, use_client
from rollcall.store.sessions import session
from tests.cloud import REGION, running_cloud
from tests.faults import watching


class One(Model):
    """An item of the uploads table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="one")


class Other(Model):
    """Likewise."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="other")


@pytest.fixture
def models():
    """Two models, bound anew to one table."""
    with running_cloud():
        binding.forget()
        yield [binding.bind(model, "UploadsTable", region=REGION) for model in (One, Other)]
        binding.forget()


def test_models_of_one_place_speak_through_one_client_out_of_our_session(models):
    one, other = models
    assert all(isinstance(connection_of(model), Connection) for model in models)
    assert connection_of(one).client is connection_of(other).client
    made = client_of(binding.bind(One, "DevicesTable", region=REGION), session())
    use_client(one, made)
    assert connection_of(one).client is made
    assert connection_of(one).session is session()
    config = connection_of(other).client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (binding.CONNECT_TIMEOUT, binding.READ_TIMEOUT)


def test_a_transaction_of_one_model_takes_items_of_others_and_asks_for_no_description(models):
    one, other = models
    calls = []
    with watching(before=lambda operation, _: calls.append(operation)):
        assert binding.transact(one, lambda t: [t.save(one(pk="a")), t.save(other(pk="a"))])
        assert not binding.transact(
            other, lambda t: [t.save(other(pk="b")), t.save(one(pk="a"), condition=One.pk.does_not_exist())]
        )
    assert set(calls) == {"TransactWriteItems"}
    assert one.count("a", consistent_read=True) == len(models)
    assert other.count("b", consistent_read=True) == 0


def test_a_transaction_takes_a_connection(models):
    with TransactWrite(connection=connection_of(models[0])) as transaction:
        transaction.save(models[0](pk="c"))
    assert models[0].get("c", "one").pk == "c"
