"""Bring what a learning platform gave the instructor into the course."""
