"""What is done in place of the fraction of RMSprop, and of its learning rate."""

from __future__ import annotations

from collections.abc import Mapping

FRACTIONS: Mapping[str, tuple[str, str]] = {
    "no-root": ("You divide by s, without the root.", "gradient / (new + epsilon)"),
    "epsilon-inside-root": ("Your ε is inside the root.", "gradient / np.sqrt(new + epsilon)"),
    "epsilon-forgotten": ("Your step does not use ε.", "gradient / root"),
    "epsilon-subtracted": ("Your ε is subtracted.", "gradient / (root - epsilon)"),
    "epsilon-outside-fraction": (
        "Your ε is added to the whole fraction, not to the root.",
        "gradient / root + epsilon",
    ),
    "epsilon-fixed": (
        "Your ε is always 1e-8, whatever is asked for.",
        "gradient / (root + 1e-8)",
    ),
    "epsilon-multiplies": ("Your root is multiplied by ε.", "gradient / (root * epsilon)"),
    "epsilon-squared": ("Your ε is squared.", "gradient / (root + epsilon**2)"),
    "epsilon-rooted": (
        "Your root covers s, and another one ε.",
        "gradient / (root + np.sqrt(epsilon))",
    ),
    "root-of-old": (
        "You divide by the root of the old s.",
        "gradient / (np.sqrt(old) + epsilon)",
    ),
    "root-multiplies": (
        "You multiply by the root where you should divide.",
        "gradient * (root + epsilon)",
    ),
    "fraction-reversed": ("Your fraction is upside down.", "(root + epsilon) / gradient"),
    "no-denominator": ("Your step is α·dW: s plays no part.", "gradient"),
    "square-above": (
        "Your numerator is the square of the gradient.",
        "gradient**2 / (root + epsilon)",
    ),
    "s-above": ("Your numerator is s, not the gradient.", "new / (root + epsilon)"),
    "only-the-sign": ("Your step takes only the sign of the gradient.", "np.sign(gradient)"),
    "root-of-all": (
        "Your root covers the whole fraction.",
        "np.sign(gradient) * np.sqrt(abs(gradient) / (new + epsilon))",
    ),
    "one-root-for-all": (
        "Your step divides a whole array by one number, the mean of s.",
        "gradient / (np.sqrt(np.mean(new)) + epsilon)",
    ),
}

STEPS: Mapping[str, tuple[str, str]] = {
    "rate-forgotten": (
        "Your step does not use the learning rate.",
        "gradient / (root + epsilon)",
    ),
    "rate-twice": (
        "Your step uses the learning rate twice.",
        "learning_rate**2 * gradient / (root + epsilon)",
    ),
    "rate-fixed": (
        "Your step always uses a learning rate of 0.01, whatever is asked for.",
        "0.01 * gradient / (root + epsilon)",
    ),
    "rate-divides": (
        "Your step is divided by the learning rate.",
        "gradient / (root + epsilon) / learning_rate",
    ),
    "rate-averaged": (
        "Your step multiplies by 1 − β once more.",
        "learning_rate * (1 - beta) * gradient / (root + epsilon)",
    ),
}
