"""What students of Gradient Checking get beside the notebook."""
