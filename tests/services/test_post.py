"""The connection to a mail server: what is encrypted, and whom it trusts."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from icv.services.letters import NobodyThere, Refused
from icv.services.post import SmtpCarrier, compose
from icv.store.letters import Outgoing
from tests.services.mail_server import Postmaster, mail_server
from tests.workshop import NOW

CERTIFICATE = Path(__file__).parent / "mail_server.pem"  # signed by itself, for 127.0.0.1
LETTER = Outgoing(1, "id", "v@example.org", "Your duty", "…", "", False, NOW, 1)


class Noticing(Postmaster):
    """Also says whether the text came over an encrypted connection."""

    was_encrypted = False

    async def handle_DATA(self, server, talk, envelope) -> str:  # noqa: N802
        self.was_encrypted = talk.ssl is not None or server.transport.get_extra_info("sslcontext") is not None
        return await super().handle_DATA(server, talk, envelope)


@pytest.fixture
def postmaster() -> Noticing:
    return Noticing()


@pytest.fixture
def certified() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.fixture
def starttls_port(postmaster: Noticing, certified: ssl.SSLContext) -> Iterator[int]:
    with mail_server(postmaster, tls_context=certified) as port:
        yield port


@pytest.fixture
def tls_port(postmaster: Noticing, certified: ssl.SSLContext) -> Iterator[int]:
    with mail_server(postmaster, ssl_context=certified) as port:
        yield port


def carry(scheme: str, port: int) -> None:
    SmtpCarrier(f"{scheme}://127.0.0.1:{port}", "icv.example.org").carry(LETTER)


def test_plain_smtp_encrypts_where_the_server_can(postmaster: Noticing, starttls_port: int) -> None:
    carry("smtp", starttls_port)
    assert postmaster.was_encrypted


def test_starttls_insists_on_a_certificate_it_can_trust(
    postmaster: Noticing, starttls_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NobodyThere, match="certificate"):
        carry("smtp+starttls", starttls_port)
    assert postmaster.taken == []
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    carry("smtp+starttls", starttls_port)
    assert postmaster.was_encrypted


def test_smtps_insists_on_a_certificate_it_can_trust(
    postmaster: Noticing, tls_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NobodyThere, match="certificate"):
        carry("smtps", tls_port)
    assert postmaster.taken == []
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    carry("smtps", tls_port)
    assert postmaster.was_encrypted


def test_a_letter_comes_from_the_schemes_address_or_else_from_its_domain() -> None:
    assert SmtpCarrier("smtp://h?from=scheme@example.org", "icv.example.org").sender == "scheme@example.org"
    assert SmtpCarrier("smtp://h", "icv.example.org").sender == "icv@icv.example.org"


def test_each_scheme_has_its_port_and_passwords_may_hold_any_sign() -> None:
    carriers = [SmtpCarrier(f"{scheme}://h", "d") for scheme in ("smtp", "smtp+starttls", "smtps")]
    assert [carrier.port for carrier in carriers] == [25, 587, 465]
    assert SmtpCarrier("smtps://icv%40x:p%2Fw%3A@h:99", "d").password == "p/w:"


@pytest.mark.parametrize("email", ["ada@[example.org", "ada@(example.org", "ada@example\x01.org", "@", ""])
def test_no_address_however_odd_stops_the_letters_of_others(email: str) -> None:
    """The library that reads addresses stumbles over some: a letter to one is refused, as to any other."""
    with pytest.raises(Refused):
        compose(replace(LETTER, to_email=email), sender="icv@example.org", domain="example.org")


def test_a_calendar_goes_with_a_letter_as_it_was_written(postmaster: Noticing, starttls_port: int) -> None:
    calendar = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Sgîl\r\nEND:VCALENDAR\r\n"
    SmtpCarrier(f"smtp://127.0.0.1:{starttls_port}", "icv.example.org").carry(
        replace(LETTER, calendar=calendar)
    )
    (letter,) = postmaster.taken
    (file,) = letter.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "icv-duties.ics")
    assert file.get_payload(decode=True) == calendar.encode()
    assert letter.get_body().get_content().strip() == "…"
