"""A mail server for tests: what it is told to do with letters, and a real line to it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Talk

PATIENCE_SECONDS = 120  # as long as nothing is wrong, however busy the machine


class Postmaster:
    """What the mail server does: takes letters until told otherwise."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipient_answers: dict[str, str] = {}
        self.data_answer = "250 taken"
        self.breaks_off = False
        self.holds: threading.Event | None = None
        self.has_text = threading.Event()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, talk: Talk, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.recipient_answers.get(address, "250 fine")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, talk: Talk, envelope: Envelope) -> str:  # noqa: N802
        self.has_text.set()
        if self.breaks_off:
            server.transport.abort()
        if self.holds:
            await server.loop.run_in_executor(None, self.holds.wait, PATIENCE_SECONDS)
        if self.data_answer.startswith("250"):
            message = BytesParser(policy=default).parsebytes(envelope.content)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
        return self.data_answer


class MailServer(Controller):
    """On a port that is its own from the first moment: a free one could be somebody else's by then."""

    def __init__(self, postmaster: Postmaster, **more: Any) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        port = self.listening.getsockname()[1]
        super().__init__(postmaster, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE_SECONDS, **more)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.listening, ssl=self.ssl_context)


@contextmanager
def mail_server(postmaster: Postmaster, **more: Any) -> Iterator[int]:
    """Its port, while it runs."""
    server = MailServer(postmaster, **more)
    server.start()
    yield server.port
    if postmaster.holds:
        postmaster.holds.set()
    server.stop()
