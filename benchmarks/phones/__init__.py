"""The report as phones meet it: what it weighs, and how long it takes on a slow line."""
