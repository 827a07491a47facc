"""Ask a student's names of another process: what both ends say, and what they make of it."""
