"""Words that may give somebody away are shown before a report is sent, and may be sent all the same."""

from collections.abc import Callable

from tests.web.browser import Browser
from tests.web.test_reports import TwoVisitors
from tests.workshop import Workshop

Browse = Callable[..., Browser]


def test_a_name_is_pointed_out_before_sending_and_can_be_sent_all_the_same(
    make: Workshop, browse_as: Browse
) -> None:
    two = TwoVisitors(make, browse_as)
    two.fill_in(two.ann)
    said = {"saw_serious": "no", "other": "Ann asked Mr Brown, 07700 900123"}
    two.ann.get(f"{two.path}/remarks").send(said)
    two.ann.get(f"{two.path}/check")
    for told in (
        "“Ann” is the name of somebody in the scheme",
        "“Mr Brown” looks like",
        "“07700 900123” looks like",
    ):
        assert told in two.ann.text
    two.ann.send()
    assert "R-" in two.ann.text


def test_a_report_that_names_nobody_is_not_asked_to_be_looked_at_again(
    make: Workshop, browse_as: Browse
) -> None:
    two = TwoVisitors(make, browse_as)
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/check")
    assert "Look at this again" not in two.ann.text
