"""Hand-ins that are worth a look together: never a verdict, and no word of it to students."""
