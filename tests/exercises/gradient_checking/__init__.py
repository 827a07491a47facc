"""What the Gradient Checking workbook asks, and what it makes of right and wrong answers."""

NAME = "gradient_checking"
