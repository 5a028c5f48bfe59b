"""Spannerworks: a week-by-week model of serious organised crime as a business, and of what disrupts it."""

__version__ = "0.1.0"
