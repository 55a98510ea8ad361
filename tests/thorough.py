"""How long tests look where chance decides: a little in each run, `ICV_THOROUGH` times as long when asked."""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("ICV_THOROUGH", "1"))


def examples(count: int) -> settings:
    """For properties held over a database, whose every example undoes what it wrote."""
    return settings(
        max_examples=count * TIMES,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
