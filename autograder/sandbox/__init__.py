"""Run students' code shut in: everything in this package is visible to the student's process."""
