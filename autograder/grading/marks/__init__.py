"""What came of a hand-in, what its marks stand on, and which of them stand."""
