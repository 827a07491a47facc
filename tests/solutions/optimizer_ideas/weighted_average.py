"""Right solutions as different students write them; each public name is one."""

import math

import numpy as np


def textbook(values, beta, corrected):
    averages = np.zeros(len(values))
    v = 0
    for t in range(1, len(values) + 1):
        v = beta * v + (1 - beta) * values[t - 1]
        if corrected:
            averages[t - 1] = v / (1 - beta**t)
        else:
            averages[t - 1] = v
    return averages


def appended(values, beta, corrected):
    v = 0.0
    averages = []
    for i, x in enumerate(values):
        v = beta * v + (1 - beta) * x
        averages.append(v / (1 - beta ** (i + 1)) if corrected else v)
    return np.array(averages)


def corrected_afterwards(values, beta, corrected):
    averages = np.zeros(len(values), dtype=float)
    v = 0.0
    for i in range(len(values)):
        v = v * beta + values[i] * (1 - beta)
        averages[i] = v
    if corrected:
        averages = averages / (1 - beta ** np.arange(1, len(values) + 1))
    return averages


def small_steps(values, beta, corrected):
    averages = []
    v = 0.0
    for x in values:
        v += (1 - beta) * (x - v)
        averages.append(v)
    averages = np.array(averages)
    t = np.arange(len(averages)) + 1
    return averages / (1 - np.power(float(beta), t)) if corrected else averages


def explicit_sum(values, beta, corrected):
    averages = []
    for t in range(1, len(values) + 1):
        weights = (1 - beta) * float(beta) ** np.arange(t - 1, -1, -1)
        v = np.sum(weights * values[:t])
        if corrected:
            v = v / np.sum(weights)
        averages.append(v)
    return np.array(averages)


def matrix(values, beta, corrected):
    T = len(values)
    age = np.subtract.outer(np.arange(T), np.arange(T))
    weights = np.where(age >= 0, (1 - beta) * float(beta) ** np.maximum(age, 0), 0.0)
    v = weights @ values
    return v / weights.sum(axis=1) if corrected else v


def from_the_previous(values, beta, corrected):
    v = np.zeros(len(values) + 1)
    for t in range(1, len(v)):
        v[t] = beta * v[t - 1] + (1 - beta) * values[t - 1]
    if corrected:
        return v[1:] / np.array([1 - math.pow(beta, t) for t in range(1, len(v))])
    return v[1:]


def growing_power(values, beta, corrected):
    averages = np.zeros(np.shape(values), float)
    v, power = 0.0, 1.0
    for i, x in enumerate(values):
        power = power * beta
        v = beta * v + (1 - beta) * x
        averages[i] = v / (1 - power) if corrected else v
    return averages


def two_averages(values, beta, corrected):
    v, weight, averages = 0.0, 0.0, []
    for x in values:
        v = beta * v + (1 - beta) * x
        weight = beta * weight + (1 - beta)
        averages.append(v / weight if corrected else v)
    return np.asarray(averages)


def convolved(values, beta, corrected):
    T = len(values)
    kernel = (1 - beta) * float(beta) ** np.arange(T)
    v = np.convolve(values, kernel)[:T]
    if corrected:
        v = v / np.cumsum(kernel)
    return v


def _steps(values, beta):
    v = 0.0
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        yield t, v


def generator(values, beta, corrected):
    return np.array([v / (1 - beta**t) if corrected else v for t, v in _steps(values, beta)])


def whole_first(values, beta, corrected):
    values = np.array(values, dtype=np.float64)
    averages = values.copy()
    averages[0] = (1 - beta) * values[0]
    for i in range(1, values.size):
        averages[i] = beta * averages[i - 1] + (1 - beta) * values[i]
    if corrected is True:
        return averages / (1.0 - beta ** (1 + np.arange(values.size)))
    return averages
