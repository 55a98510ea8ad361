"""Nudging the worker after a commit, so that it need not wait for its next round."""

from flask import current_app

from icv.jobs import Jobs


def nudge_drawing() -> None:
    _jobs().nudge_drawing()


def _jobs() -> Jobs:
    """The queue of this process, opened when it is first asked for."""
    known = current_app.extensions
    if "icv_jobs" not in known:
        known["icv_jobs"] = Jobs(current_app.config["ICV"], known["icv_clock"])
    jobs: Jobs = known["icv_jobs"]
    return jobs
