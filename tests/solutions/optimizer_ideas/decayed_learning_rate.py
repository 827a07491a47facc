"""Right solutions as different students write them; each public name is one."""

import math

import numpy as np


def textbook(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        learning_rate = learning_rate0 / (1 + decay_rate * epoch)
    elif schedule == "exponential":
        learning_rate = learning_rate0 * np.exp(-decay_rate * epoch)
    else:
        learning_rate = learning_rate0 * np.exp(-decay_rate * interval * np.floor(epoch / interval))
    return learning_rate


def with_math(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        return learning_rate0 / (1 + decay_rate * epoch)
    if schedule == "exponential":
        return learning_rate0 * math.exp(-decay_rate * epoch)
    return learning_rate0 * math.exp(-decay_rate * interval * (epoch // interval))


def remainder(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        return learning_rate0 * (1 + decay_rate * epoch) ** -1
    if schedule == "staircase":
        epoch = epoch - epoch % interval
    return learning_rate0 * np.exp(-decay_rate * epoch)


def table(learning_rate0, decay_rate, epoch, schedule, interval):
    begin = epoch // interval * interval
    factors = {
        "inverse": 1 / (1 + decay_rate * epoch),
        "exponential": np.exp(-decay_rate * epoch),
        "staircase": np.exp(-decay_rate * begin),
    }
    return learning_rate0 * factors[schedule]


def divided(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        below = 1 + decay_rate * epoch
    elif schedule == "exponential":
        below = np.exp(decay_rate * epoch)
    elif schedule == "staircase":
        below = np.exp(decay_rate * (epoch // interval) * interval)
    return learning_rate0 / below


def powers(learning_rate0, decay_rate, epoch, schedule, interval):
    q = math.exp(-decay_rate)
    if schedule == "inverse":
        return learning_rate0 / (decay_rate * epoch + 1)
    if schedule == "exponential":
        return learning_rate0 * q**epoch
    return learning_rate0 * (q**interval) ** (epoch // interval)


def epoch_by_epoch(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        return learning_rate0 / (1 + decay_rate * epoch)
    rate = learning_rate0
    for t in range(1, epoch + 1):
        if schedule == "exponential":
            rate = rate * np.exp(-decay_rate)
        elif t % interval == 0:
            rate = rate * np.exp(-decay_rate * interval)
    return rate


def recursive(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "staircase":
        return recursive(learning_rate0, decay_rate, interval * (epoch // interval), "exponential", interval)
    if schedule == "exponential":
        return learning_rate0 * np.exp(-decay_rate * epoch)
    return learning_rate0 / (1 + decay_rate * epoch)


def matched(learning_rate0, decay_rate, epoch, schedule, interval):
    match schedule:
        case "inverse":
            return learning_rate0 / (1 + decay_rate * epoch)
        case "exponential":
            return learning_rate0 * np.e ** (-decay_rate * epoch)
        case "staircase":
            return learning_rate0 * np.e ** (-decay_rate * interval * int(epoch / interval))


def array_of_one(learning_rate0, decay_rate, epoch, schedule, interval):
    t = np.float64(epoch)
    if schedule == "staircase":
        t = interval * np.floor_divide(t, interval)
    if schedule != "inverse":
        return learning_rate0 * np.exp(np.negative(decay_rate * t))
    return np.divide(learning_rate0, 1 + decay_rate * t)
