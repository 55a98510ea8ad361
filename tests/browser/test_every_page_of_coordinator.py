"""Every page that a coordinator can reach."""

import pytest

from icv.rules.access import Role
from tests.browser.conftest import Service, Visit
from tests.browser.walking import walk

pytestmark = pytest.mark.browser


def test_pages_hold_no_barrier(example_service: Service, sign_in: Visit) -> None:
    walk(Role.COORDINATOR, example_service, sign_in)
