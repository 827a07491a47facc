"""No law is here: every case is compared."""

DEFINITIONS = {}
