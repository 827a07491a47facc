"""What is done in place of the rule of each schedule."""

from __future__ import annotations

from collections.abc import Mapping

INVERSE = "learning_rate0 / (1 + decay_rate * epoch)"
EXPONENTIAL = "learning_rate0 * np.exp(-decay_rate * epoch)"
STAIR = "interval * (epoch // interval)"
STAIRCASE = "learning_rate0 * np.exp(-decay_rate * stair)"

# What was done, and what stands there, by the text that it replaces.
OTHERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    INVERSE: {
        "inverse-one-forgotten": (
            "The 1 below the fraction bar is missing in your inverse of time.",
            "learning_rate0 / max(decay_rate * epoch, 1e-8)",
        ),
        "inverse-epoch-forgotten": (
            "The epoch is missing in your inverse of time.",
            "learning_rate0 / (1 + decay_rate)",
        ),
        "inverse-decay-forgotten": (
            "The decay rate is missing in your inverse of time.",
            "learning_rate0 / (1 + epoch)",
        ),
        "inverse-rate-forgotten": (
            "The first learning rate is missing in your inverse of time.",
            "1 / (1 + decay_rate * epoch)",
        ),
        "inverse-multiplied": (
            "Your inverse of time multiplies where it should divide: the rate grows.",
            "learning_rate0 * (1 + decay_rate * epoch)",
        ),
        "inverse-power": (
            "The epoch is an exponent in your inverse of time.",
            "learning_rate0 / (1 + decay_rate) ** epoch",
        ),
        "inverse-brackets": (
            "The brackets below the fraction bar are missing in your inverse of time.",
            "learning_rate0 / 1 + decay_rate * epoch",
        ),
        "inverse-minus": (
            "The sign below the fraction bar is wrong in your inverse of time.",
            "learning_rate0 / (1 - decay_rate * epoch)",
        ),
        "inverse-root": (
            "Your inverse of time takes the root of the epoch.",
            "learning_rate0 / (1 + decay_rate * np.sqrt(epoch))",
        ),
        "inverse-epoch-one-more": (
            "Your inverse of time counts the epochs from 1.",
            "learning_rate0 / (1 + decay_rate * (epoch + 1))",
        ),
        "inverse-in-stairs": (
            "Your inverse of time goes down in stairs.",
            "learning_rate0 / (1 + decay_rate * interval * (epoch // interval))",
        ),
        "inverse-by-interval": (
            "Your inverse of time divides the epoch by the interval.",
            "learning_rate0 / (1 + decay_rate * epoch / interval)",
        ),
        "inverse-straight": (
            "Your inverse of time falls along a straight line.",
            "learning_rate0 * (1 - decay_rate * epoch)",
        ),
    },
    EXPONENTIAL: {
        "exponential-grows": (
            "The minus is missing in your exponential: the rate grows.",
            "learning_rate0 * np.exp(decay_rate * epoch)",
        ),
        "exponential-epoch-forgotten": (
            "The epoch is missing in your exponential.",
            "learning_rate0 * np.exp(-decay_rate)",
        ),
        "exponential-decay-forgotten": (
            "The decay rate is missing in your exponential.",
            "learning_rate0 * np.exp(-epoch)",
        ),
        "exponential-rate-forgotten": (
            "The first learning rate is missing in your exponential.",
            "np.exp(-decay_rate * epoch)",
        ),
        "exponential-rate-inside": (
            "The first learning rate stands in the exponent of your exponential.",
            "np.exp(-learning_rate0 * decay_rate * epoch)",
        ),
        "exponential-power-of-decay": (
            "Your exponential raises the decay rate to the power of the epoch.",
            "learning_rate0 * decay_rate**epoch",
        ),
        "exponential-power-of-rest": (
            "Your exponential is a power of 1 less the decay rate.",
            "learning_rate0 * (1 - decay_rate) ** epoch",
        ),
        "exponential-power-of-two": (
            "Your exponential is a power of 2, not of e.",
            "learning_rate0 * 2.0 ** (-decay_rate * epoch)",
        ),
        "exponential-power-of-ten": (
            "Your exponential is a power of 10, not of e.",
            "learning_rate0 * 10.0 ** (-decay_rate * epoch)",
        ),
        "exponential-epoch-one-more": (
            "Your exponential counts the epochs from 1.",
            "learning_rate0 * np.exp(-decay_rate * (epoch + 1))",
        ),
        "exponential-in-stairs": (
            "Your exponential goes down in stairs.",
            "learning_rate0 * np.exp(-decay_rate * interval * (epoch // interval))",
        ),
        "exponential-by-interval": (
            "Your exponential divides the epoch by the interval.",
            "learning_rate0 * np.exp(-decay_rate * epoch / interval)",
        ),
        "exponential-subtracted": (
            "Your exponential is subtracted from the first learning rate.",
            "learning_rate0 - np.exp(-decay_rate * epoch)",
        ),
    },
    STAIR: {
        "stair-not-scaled": (
            "Your staircase counts stairs where it should count epochs.",
            "epoch // interval",
        ),
        "stair-smooth": ("Your staircase has no stairs: it falls at every epoch.", "epoch"),
        "stair-ceiling": (
            "Your staircase goes down at the beginning of a stair, an interval too early.",
            "interval * np.ceil(epoch / interval)",
        ),
        "stair-rounded": (
            "Your staircase goes down in the middle of a stair.",
            "interval * np.floor(epoch / interval + 0.5)",
        ),
        "stair-remainder": (
            "Your staircase uses the place on the stair: the remainder, not the quotient.",
            "epoch % interval",
        ),
        "stair-one-late": (
            "Your staircase goes down one epoch too late.",
            "interval * (max(epoch - 1, 0) // interval)",
        ),
        "stair-one-early": (
            "Your staircase counts the epochs from 1.",
            "interval * ((epoch + 1) // interval)",
        ),
        "stair-one-further": (
            "Your staircase is one stair too far down.",
            "interval * (epoch // interval + 1)",
        ),
        "stair-divided": (
            "Your staircase divides the epoch by the interval, and does not cut the fraction.",
            "epoch / interval",
        ),
        "stair-once": ("Your staircase has one stair only.", "interval * (epoch >= interval)"),
        "stair-exchanged": (
            "Interval and epoch are exchanged in your staircase.",
            "epoch * (interval // max(epoch, 1))",
        ),
    },
    STAIRCASE: {
        "staircase-of-inverse": (
            "The stairs of your staircase follow the inverse of time, not the exponential.",
            "learning_rate0 / (1 + decay_rate * stair)",
        ),
        "staircase-of-inverse-by-stairs": (
            "Your staircase follows the inverse of time, and counts stairs.",
            "learning_rate0 / (1 + decay_rate * (epoch // interval))",
        ),
        "staircase-halved": (
            "Your staircase halves the rate at each stair, whatever the decay rate.",
            "learning_rate0 / 2 ** (epoch // interval)",
        ),
        "staircase-grows": (
            "The minus is missing in your staircase: the rate grows.",
            "learning_rate0 * np.exp(decay_rate * stair)",
        ),
        "staircase-power": (
            "Your staircase raises the decay rate to the power of the stair's number.",
            "learning_rate0 * decay_rate ** (epoch // interval)",
        ),
        "staircase-rate-forgotten": (
            "The first learning rate is missing in your staircase.",
            "np.exp(-decay_rate * stair)",
        ),
        "staircase-floored-exponent": (
            "Your staircase cuts the exponent to a whole number.",
            "learning_rate0 * np.exp(-np.floor(decay_rate * epoch))",
        ),
    },
}
