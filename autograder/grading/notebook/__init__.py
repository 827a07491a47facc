"""One notebook graded: its cells run in the sandbox, its answers are judged here."""
