"""The second level, where user namespaces are closed: what has to stand beside Landlock."""
