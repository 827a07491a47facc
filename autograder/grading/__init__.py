"""One submission, and a whole class of them."""
