"""Recruitment: applications sent in by the public page, and what is counted of those who apply."""

from icv.store.recruitment.tables import Application, MonitoringCount

__all__ = ["Application", "MonitoringCount"]
