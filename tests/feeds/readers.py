"""Other people's calendar programs, asked what they make of a feed."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from playwright.sync_api import Browser

HERE = Path(__file__).parent
TIMEOUT_SECONDS = 300  # only so that a program that waits for ever ends


@dataclass(frozen=True)
class Seen:
    """An event as a program shows it: whole days with the day after the last, or instants in UTC."""

    starts: date | datetime
    ends: date | datetime
    is_cancelled: bool


Shown = dict[str, Seen]
"""By the UID of the event."""


def by_vobject(feed: bytes) -> Shown:
    """Python, and the reader that some calendar servers keep events with."""
    return {
        event.uid.value: Seen(
            _instant(event.dtstart.value), _instant(event.dtend.value), event.status.value == "CANCELLED"
        )
        for event in vobject.readOne(feed.decode()).contents.get("vevent", [])
    }


def _instant(value: date | datetime) -> date | datetime:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def by_ical_js(feed: bytes, chromium: Browser) -> Shown:
    """JavaScript, as in Thunderbird and Nextcloud; on a machine whose own clock is in New York."""
    context = chromium.new_context(timezone_id="America/New_York")
    told = context.new_page().evaluate(_READ, [(HERE / "ical.min.js").read_text(), feed.decode()])
    context.close()
    return {
        uid: Seen(_read(starts), _read(ends), status == "CANCELLED") for uid, starts, ends, status in told
    }


_READ = """async ([source, feed]) => {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const { default: ICAL } = await import(address);
    const told = (time) => time.isDate ? time.toString() : time.toJSDate().toISOString();
    const read = (one) => {
        const event = new ICAL.Event(one);
        return [event.uid, told(event.startDate), told(event.endDate), one.getFirstPropertyValue("status")];
    };
    return new ICAL.Component(ICAL.parse(feed)).getAllSubcomponents("vevent").map(read);
}"""


def _read(words: str) -> date | datetime:
    return datetime.fromisoformat(words) if "T" in words else date.fromisoformat(words)


class Subscription:
    """A calendar somebody subscribed to: vdirsyncer fetches it over the wire, khal shows it.

    vdirsyncer gives each event a UID of its own, made from what it says.
    """

    def __init__(self, address: str, folder: Path) -> None:
        self.folder = folder
        (folder / "vdirsyncer").write_text(_SYNCING.format(folder=folder, address=address))
        (folder / "khal").write_text(_SHOWING.format(folder=folder))
        (folder / "events").mkdir()
        self._run("vdirsyncer", "discover")

    def shows(self, year: int) -> list[Seen]:
        """The events of the year, day by day, after another fetch."""
        self._run("vdirsyncer", "sync")
        fields = (f"--json={field}" for field in ("start-long-full", "end-long-full", "all-day", "status"))
        listed = self._run("khal", "list", "--once", *fields, f"{year}-01-01", f"{year}-12-31")
        return [_shown(event) for day in listed.splitlines() for event in json.loads(day)]

    def _run(self, program: str, *words: str) -> str:
        command = [program_of(program), "--config", self.folder / program, *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        assert done.returncode == 0, done.stderr
        return done.stdout


def program_of(name: str) -> str:
    """Beside this Python, or wherever else; without it the test is skipped."""
    found = shutil.which(name, path=Path(sys.executable).parent) or shutil.which(name)
    return found or pytest.skip(f"{name} is not installed")


def _shown(event: dict[str, str]) -> Seen:
    starts, ends = (datetime.fromisoformat(event[f"{end}-long-full"]) for end in ("start", "end"))
    is_cancelled = event["status"] == "CANCELLED"
    if event["all-day"] == "True":  # shown up to the last of them
        return Seen(starts.date(), ends.date() + timedelta(days=1), is_cancelled)
    return Seen(starts.replace(tzinfo=UTC), ends.replace(tzinfo=UTC), is_cancelled)


_SYNCING = """
[general]
status_path = "{folder}/status"
[pair duties]
a = "feed"
b = "kept"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "http"
url = "{address}"
[storage kept]
type = "filesystem"
path = "{folder}/events"
fileext = ".ics"
"""
_SHOWING = """
[calendars]
[[duties]]
path = {folder}/events
readonly = True
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
[sqlite]
path = {folder}/khal.db
"""
