"""Measurements of the planner; nothing here is a test and nothing here is timed in tests."""
