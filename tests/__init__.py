"""The tests, in the rooms of what they test; `support` holds what several of them use."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
