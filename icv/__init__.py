"""Custody visiting manager."""
