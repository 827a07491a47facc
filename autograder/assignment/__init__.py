"""What is asked of students and what came of it: frozen data that all other rooms share."""
