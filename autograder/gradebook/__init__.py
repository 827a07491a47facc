"""What nbgrader keeps: marks read and entered, verdicts, exports."""
