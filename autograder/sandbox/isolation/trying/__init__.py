"""Tries each part of the isolation for real: what `autograder doctor` starts."""
