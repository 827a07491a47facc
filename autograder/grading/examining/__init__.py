"""Judge an instructor's own assert cells outside the student's process."""
