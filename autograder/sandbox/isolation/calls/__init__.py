"""System calls: those that we make, and the filters that refuse some to a student's code."""
