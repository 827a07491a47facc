"""What could be mistaken for what in Optimizer Ideas."""

RIVALS = {
    "values": ("averages",), "averages": ("values",), "v": ("value",), "value": ("v",),
    "beta": ("learning_rate", "corrected"), "corrected": ("beta",),
    "grads": ("parameters", "s"), "s": ("grads",), "parameters": ("grads",),
    "learning_rate": ("beta", "epsilon"), "epsilon": ("learning_rate", "beta"),
    "learning_rate0": ("decay_rate",), "decay_rate": ("learning_rate0",),
    "epoch": ("interval",), "interval": ("epoch",),
    "runs": ("columns",), "columns": ("runs",), "run": ("step",), "step": ("run",),
    "costs": ("target",), "target": ("costs",),
}  # fmt: skip
