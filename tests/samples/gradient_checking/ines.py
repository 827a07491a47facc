"""Untouched: nothing is written."""
