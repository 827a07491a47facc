"""Assert cells that an examiner judges."""
