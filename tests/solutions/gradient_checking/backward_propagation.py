"""Right solutions as different students write them; each public name is one."""

import numpy as np


def textbook(x, theta):
    dtheta = x
    return dtheta


def one_line(x, theta):
    return x


def times_one(x, theta):
    return 1 * x


def as_float(x, theta):
    return float(x)


def numpy_scalar(x, theta):
    return np.float64(x)


def zero_dimensional(x, theta):
    return np.array(x)


def copied(x, theta):
    return np.copy(x)[()]


def power_rule(x, theta):
    return x * 1 * theta**0


def by_growth(x, theta):
    return x * (0 + 1) - x * 0


def with_theta_unused(x, theta):
    _ = theta
    dtheta = +x
    return dtheta


def ones_like(x, theta):
    return x * np.ones_like(theta, dtype=float)[()]
