"""What is asked, as frozen data."""
