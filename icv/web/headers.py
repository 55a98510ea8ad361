"""Headers of every answer: nothing from elsewhere, nothing inline, nothing private kept on the way."""

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
A_YEAR = 365 * 24 * 3600


def set_up_headers(app: Flask, *, is_https: bool) -> None:
    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        if response.location:
            response.location = _here(response.location)
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        # no-referrer would make Flask-WTF refuse every form over HTTPS.
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if is_https:
            headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
        if request.endpoint == "static" and "v" in request.args:
            headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        elif request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store")
        return response


def _here(address: str) -> str:
    """The address as one of this service, whatever host the request spoke of: nobody is sent elsewhere."""
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path, parts.query, parts.fragment))
