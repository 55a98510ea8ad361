"""The application as a WSGI server finds it."""

from icv.app import create_app

app = create_app()
