"""Right or wrong, and why. Pure: nothing here runs a student's code."""
