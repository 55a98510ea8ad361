"""A phone in tests: keeps its token and its person, sends JSON, and vouches for what it sends."""

import hashlib
import json
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from icv.rules.digests import digest_of
from icv.rules.report import FORM_VERSION
from tests.web.browser import Browser


class Phone:
    """Of whoever is signed in in the browser, with the report of one visit."""

    def __init__(self, browser: Browser, visit_id: int) -> None:
        self.browser = browser
        self.path = f"/visits/{visit_id}/report"
        self.person = self.token = ""

    def state(self, *, status: int = 200) -> dict[str, Any]:
        self.browser.get(f"{self.path}/state", status=status)
        told = self._told()
        self.person, self.token = told.get("person", self.person), told.get("token", self.token)
        return told

    def parts(self, *parts: dict[str, Any], status: int = 200, **more: Any) -> dict[str, Any]:
        """What became of the parts, by the names they were sent under."""
        body = {"person": self.person, "form_version": FORM_VERSION, "parts": list(parts), **more}
        return self.post("parts", json.dumps(body), status=status)

    def submit(
        self, parts: dict[str, Any], *, submission: str | None = None, status: int = 200, **more: Any
    ) -> dict[str, Any]:
        body = {
            "submission": submission or str(uuid4()),
            "digest": digest_of(parts),
            "person": self.person,
            "form_version": FORM_VERSION,
            "parts": parts,
            "together": False,
            **more,
        }
        return self.post("submission", json.dumps(body), status=status)

    def post(self, page: str, body: str | bytes, *, status: int, **more: Any) -> dict[str, Any]:
        headers = {"X-CSRFToken": self.token, **more.pop("headers", {})}
        kind = more.pop("content_type", "application/json")
        answer = self.send(f"{self.path}/{page}", data=body, content_type=kind, headers=headers, **more)
        assert answer.status_code == status, f"{answer.status_code}: {answer.get_data(as_text=True)[:2000]}"
        return self._told()

    def send(self, path: str, **more: Any) -> TestResponse:
        with self.browser._watching(path):
            self.browser.answer = self.browser.client.post(path, **more)
        self.browser._nothing_left_uncommitted()
        return self.browser.answer

    def _told(self) -> dict[str, Any]:
        answer = self.browser.answer
        assert answer is not None
        assert answer.mimetype == "application/json", f"A script is answered in JSON, not {answer.mimetype}"
        assert answer.status_code < 500, answer.get_data(as_text=True)
        told = answer.get_json()
        assert isinstance(told, dict)
        return told


def digest(parts: dict[str, Any]) -> str:
    """As a phone makes it, by its own lights."""
    spelled = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(spelled.encode()).hexdigest()
