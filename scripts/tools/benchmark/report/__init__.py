"""Reporting: the figures as rows, tables, a page and a picture."""
