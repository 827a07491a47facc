"""What travels between the two ends, and how it is written and read as plain data."""
