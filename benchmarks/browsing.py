"""Asking for pages as browsers do, over the wire or within this process, signed in by the front door."""

import http.client
import re
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlencode

from flask import Flask

from benchmarks.making.scheme import PASSWORD

CSRF_FIELD = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by their names in small letters; `seconds` until the last byte had come."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class SignInFailed(Exception):
    """Why nothing can be measured as this person."""


class Browser:
    """Keeps its cookies. Follows no link by itself."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._asked("GET", path, headers or {}, "")

    def post(self, path: str, form: dict[str, str]) -> Answer:
        return self._asked("POST", path, {"Content-Type": FORM}, urlencode(form))

    def sign_in_by_link(self, token: str) -> None:
        self._send(f"/link/{token}", {})

    def sign_in_by_password(self, email: str) -> None:
        self._send("/sign-in", {"email": email, "password": PASSWORD})

    def _send(self, path: str, form: dict[str, str]) -> None:
        """Fills in the form at that address."""
        page = self.get(path)
        field = CSRF_FIELD.search(page.body)
        if field is None:
            raise SignInFailed(f"No form at {path}: {page.status}")
        answer = self.post(path, {**form, "csrf_token": field.group(1).decode()})
        if answer.status != http.client.FOUND:
            raise SignInFailed(f"Not signed in at {path}: {answer.status}")

    def _asked(self, method: str, path: str, headers: dict[str, str], body: str) -> Answer:
        if self._cookies:
            cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            headers = {**headers, "Cookie": cookie}
        began = perf_counter()
        status, received, content = self._ask(method, path, headers, body)
        seconds = perf_counter() - began
        for name, value in received:
            if name.lower() == "set-cookie":
                cookie, _, content_of_it = value.split(";", 1)[0].partition("=")
                self._cookies[cookie] = content_of_it
        return Answer(status, {name.lower(): value for name, value in received}, content, seconds)

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        raise NotImplementedError


class OverTheWire(Browser):
    def __init__(self, port: int) -> None:
        super().__init__()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        try:
            return self._exchange(method, path, headers, body)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server lets go of a connection that was quiet for a while.
            self._connection.close()
            return self._exchange(method, path, headers, body)

    def _exchange(
        self, method: str, path: str, headers: dict[str, str], body: str
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        self._connection.request(method, path, body or None, headers)
        response = self._connection.getresponse()
        return response.status, response.getheaders(), response.read()


class InThisProcess(Browser):
    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._client = app.test_client(use_cookies=False)

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        response = self._client.open(path, method=method, headers=headers, data=body or None)
        return response.status_code, list(response.headers), response.data
