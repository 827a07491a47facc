"""A class on many machines."""
