"""Two-way formats: the manager's workbook, the open JSON, calendars, spreadsheets.

Formats import the core alone: they know what a week is, not how it is stored.
"""
