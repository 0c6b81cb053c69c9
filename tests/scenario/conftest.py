"""An empty cloud with the sample accounts, and the chain on it."""

import pytest

from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud


@pytest.fixture
def cloud():
    with running_cloud(chunk_rows=40) as running:
        running.accounts.apply(sample_directory())
        yield running


@pytest.fixture
def chain(cloud):
    return Chain(cloud)
