"""Marks and pages on their way back to the platform that a course lives on."""
