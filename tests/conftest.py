"""How hard the property tests look: `check` in seconds, `test` in minutes, `soak` for as long as it takes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("check", max_examples=25, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("test", max_examples=60, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("soak", max_examples=1000, deadline=None, suppress_health_check=_CALM)
settings.load_profile("check")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The whole country takes minutes where an estate takes seconds: what is tried in every preset is tried there at length."""
    for item in items:
        call = getattr(item, "callspec", None)
        if call is not None and "national" in call.params.values() and "soak" not in item.keywords:
            item.add_marker(pytest.mark.soak)
