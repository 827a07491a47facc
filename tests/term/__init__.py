"""What happens in a term: an assignment that changes after hand-ins came in, an upgrade."""
