"""The student's end: answers what a test asks of the names that the notebook defined."""
