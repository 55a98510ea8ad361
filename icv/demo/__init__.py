"""The worked example: published figures carried by invented people, and what has come since."""

from icv.demo.loading import DemoRefused, load

__all__ = ["DemoRefused", "load"]
