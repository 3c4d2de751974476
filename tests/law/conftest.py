"""The fixture behind ``@scenario("id")``: it gives a test the id of its row in cases/law/README.md."""

import pytest


@pytest.fixture(autouse=True)
def scenario(request: pytest.FixtureRequest) -> str:
    """Return the scenario's id, or nothing for a test that is of no scenario."""
    return getattr(request, "param", "")
