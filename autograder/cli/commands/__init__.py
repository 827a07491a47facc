"""The verbs of the command: a module for each, or for those that go together."""
