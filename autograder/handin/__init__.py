"""What students hand in: collected, read as data, repaired."""
