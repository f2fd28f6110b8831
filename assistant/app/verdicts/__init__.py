"""Verdicts on paper: reports as DOCX, PDF and Markdown, calendars, and tables of many firms."""
