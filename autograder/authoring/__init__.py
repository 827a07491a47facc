"""From the instructor's text to the notebook and the student version."""
