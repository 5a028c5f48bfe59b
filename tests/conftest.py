"""How hard the property tests look: `check` in seconds, `test` in minutes, `soak` for as long as it takes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("check", max_examples=25, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("test", max_examples=60, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("soak", max_examples=1000, deadline=None, suppress_health_check=_CALM)
settings.load_profile("check")
