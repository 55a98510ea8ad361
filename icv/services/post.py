"""The post: letters handed to a mail server by SMTP."""

import smtplib
import ssl
from contextlib import suppress
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, unquote, urlsplit

from icv.services.letters import NobodyThere, NotNow, Refused, Unclear
from icv.store.letters import Outgoing

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIME_LIMIT_SECONDS = 30


class SmtpCarrier:
    """A connection a letter: slower than keeping one open, but no letter suffers from another's trouble.

    smtp:// encrypts where the server offers it and asks for no certificate; smtp+starttls:// and smtps://
    insist on both.
    """

    def __init__(self, mail_url: str, domain: str) -> None:
        """`mail_url` as ICV_MAIL_URL has it, checked already; `domain` ends the ids of letters."""
        parts = urlsplit(mail_url)
        self.scheme = parts.scheme
        self.host = parts.hostname or ""
        self.port = parts.port or PORTS[parts.scheme]
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")
        self.sender = parse_qs(parts.query).get("from", [f"icv@{domain}"])[0]
        self.domain = domain

    def carry(self, letter: Outgoing) -> None:
        message = compose(letter, sender=self.sender, domain=self.domain)
        server = self._open()
        try:
            self._hand_over(server, message)
        finally:
            with suppress(OSError):  # whatever became of the letter, the goodbye changes nothing
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        try:
            return self._greeted()
        except (OSError, ValueError) as trouble:  # smtplib's errors are OSErrors
            raise NobodyThere(
                f"The mail server {self.host}:{self.port} could not be used: {_in_words(trouble)}."
                " Check ICV_MAIL_URL; letters wait meanwhile."
            ) from trouble

    def _greeted(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIME_LIMIT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIME_LIMIT_SECONDS)
        try:
            server.ehlo_or_helo_if_needed()
            self._encrypt(server)
            server.ehlo_or_helo_if_needed()  # encryption makes both forget the first greeting
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _encrypt(self, server: smtplib.SMTP) -> None:
        if self.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        elif self.scheme == "smtp" and server.has_extn("starttls"):
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            server.starttls(context=context)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        try:
            code, reply = server.mail(self.sender)
            if code >= 400:  # it does not want us, whatever the letter
                raise NobodyThere(
                    f"The mail server takes no letters from {self.sender}: {_answer(code, reply)}"
                )
            _judge(*server.rcpt(message["To"].addresses[0].addr_spec))
        except OSError as trouble:
            raise NobodyThere(f"The mail server broke off: {_in_words(trouble)}.") from trouble
        try:
            answer: tuple[int, bytes | str] = server.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as refusal:
            answer = (refusal.smtp_code, refusal.smtp_error)
        except OSError as trouble:
            raise Unclear(
                f"The mail server broke off while taking the letter: {_in_words(trouble)}."
                " It may have arrived."
            ) from trouble
        _judge(*answer)


def compose(letter: Outgoing, *, sender: str, domain: str) -> EmailMessage:
    """Raises Refused for an address no letter can go to. Nothing in a letter can add a header to it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = _address(letter.to_email)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = letter.made_at
    message["Message-ID"] = f"<{letter.message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="quoted-printable")
    if letter.calendar:
        message.add_attachment(
            letter.calendar.encode(),
            maintype="text",
            subtype="calendar",
            params={"charset": "utf-8"},
            filename="icv-duties.ics",
        )
    return message


def _address(email: str) -> Address:
    local, _, domain = email.rpartition("@")
    try:
        if not local.isascii() or not domain or any(sign in email for sign in "<>,; \t\r\n"):
            raise ValueError(email)
        return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (ValueError, HeaderParseError, AttributeError, IndexError) as wrong:  # its parser stumbles too
        raise Refused(
            f"No letter can go to {email!r}: it is not an address. Correct it and try again."
        ) from wrong


def _judge(code: int, reply: bytes | str) -> None:
    if code >= 500:
        raise Refused(f"The mail server refused the letter: {_answer(code, reply)}")
    if code >= 400:
        raise NotNow(f"The mail server put the letter off: {_answer(code, reply)}")


def _answer(code: int, reply: bytes | str) -> str:
    return f"{code} {reply.decode('utf-8', 'replace') if isinstance(reply, bytes) else reply}"


def _in_words(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        reply = trouble.smtp_error
        return (
            f"{trouble.smtp_code} {reply.decode('utf-8', 'replace') if isinstance(reply, bytes) else reply}"
        )
    return str(trouble) or type(trouble).__name__
