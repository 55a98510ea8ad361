"""The worked example: published figures carried by invented people, and what has come since."""

from icv.demo.loading import DemoRefused, is_empty, load

__all__ = ["DemoRefused", "is_empty", "load"]
