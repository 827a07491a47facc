"""Right solutions as different students write them; each public name is one."""

import operator

import numpy as np


def textbook(x, theta):
    J = x * theta
    return J


def one_line(x, theta):
    return theta * x


def dot(x, theta):
    return np.dot(theta, x)


def multiply(x, theta):
    J = np.multiply(x, theta)
    return J


def matmul_of_arrays(x, theta):
    return (np.array([[x]]) @ np.array([[theta]]))[0, 0]


def float_first(x, theta):
    return float(x) * float(theta)


def zero_dimensional(x, theta):
    return np.asarray(x * theta)


def operator_mul(x, theta):
    return operator.mul(x, theta)


def product(x, theta):
    return np.prod([x, theta])


def sum_of_products(x, theta):
    return sum(a * b for a, b in [(x, theta)])


def inner(x, theta):
    return np.inner(x, theta)


_product = lambda a, b: a * b


def helper(x, theta):
    return _product(x, theta)
