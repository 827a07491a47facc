"""No law is here: every case is compared. Of one function the right answer is an argument."""

from __future__ import annotations

# The slope of x θ along θ is x.
ARE_ARGUMENTS = frozenset({"backward_propagation"})

DEFINITIONS = {}
