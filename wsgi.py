"""The application as a WSGI server finds it."""

import gc

from icv.app import create_app

app = create_app()

# What is loaded stays: looking through it again and again for garbage costs a third of a large page.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 5)
