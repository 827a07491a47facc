"""What could be mistaken for what in Gradient Checking."""

RIVALS = {
    "x": ("theta",), "theta": ("x",), "epsilon": ("theta",),
    "thetaplus": ("thetaminus", "theta"), "thetaminus": ("thetaplus", "theta"),
    "J_plus": ("J_minus",), "J_minus": ("J_plus",), "grad": ("gradapprox",),
    "gradapprox": ("grad",), "numerator": ("denominator",), "X": ("Y",), "Y": ("X",),
}  # fmt: skip
