"""What the Optimizer Ideas workbook asks, and what it makes of right and wrong answers."""

NAME = "optimizer_ideas"
