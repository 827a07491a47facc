"""The instructor's page on a class: what was handed in, what went wrong, who needs help."""
