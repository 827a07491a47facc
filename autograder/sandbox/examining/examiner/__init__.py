"""The examiner's end: instructor's cells, and what stands in them for a student's names."""
