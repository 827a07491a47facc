"""Proof of the hidden cases and of the diagnosis: ``python -m tests.proving`` prints it."""
