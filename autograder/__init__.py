"""The grading system of the course. It is never shipped to students."""
