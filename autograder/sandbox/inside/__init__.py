"""What runs on the far side: the zygote, and the child that runs a student's cells."""
