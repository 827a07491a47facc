"""What a student reads: one self-contained page, and the same in a terminal."""
