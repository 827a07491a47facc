"""Right solutions as different students write them; each public name is one."""

import numpy as np


def textbook(costs, target):
    runs, columns = costs.shape
    steps = np.full(runs, columns)
    for run in range(runs):
        for step in range(columns):
            if costs[run, step] <= target:
                steps[run] = step
                break
    return steps


def argmax_of_truth(costs, target):
    runs, columns = costs.shape
    reached = costs <= target
    steps = np.argmax(reached, axis=1)
    steps[~reached.any(axis=1)] = columns
    return steps


def for_else(costs, target):
    steps = []
    for row in costs:
        for k, cost in enumerate(row):
            if cost <= target:
                steps.append(k)
                break
        else:
            steps.append(len(row))
    return np.array(steps)


def nonzero(costs, target):
    steps = []
    for row in costs:
        where = np.nonzero(row <= target)[0]
        steps.append(where[0] if len(where) > 0 else costs.shape[1])
    return np.array(steps)


def with_next(costs, target):
    columns = costs.shape[1]
    return np.array([next((k for k in range(columns) if row[k] <= target), columns) for row in costs])


def while_loop(costs, target):
    runs, columns = costs.shape
    steps = np.zeros(runs, dtype=int)
    for run in range(runs):
        k = 0
        while k < columns and not costs[run, k] <= target:
            k += 1
        steps[run] = k
    return steps


def extra_column(costs, target):
    reached = costs <= target
    always = np.ones((len(costs), 1), dtype=bool)
    return np.argmax(np.hstack([reached, always]), axis=1)


def cumulative(costs, target):
    return np.sum(np.cumsum(costs <= target, axis=1) == 0, axis=1)


def backwards(costs, target):
    runs, columns = costs.shape
    steps = np.zeros(runs) + columns
    for k in range(columns - 1, -1, -1):
        steps[costs[:, k] <= target] = k
    return steps.astype(int)


def smallest_number(costs, target):
    runs, columns = costs.shape
    numbers = np.tile(np.arange(columns), (runs, 1))
    return np.where(costs <= target, numbers, columns).min(axis=1)


def floats(costs, target):
    runs, columns = costs.shape
    steps = np.ones(runs) * columns
    for run, row in enumerate(costs.tolist()):
        below = [k for k, cost in enumerate(row) if cost <= target]
        if below:
            steps[run] = min(below)
    return steps


def _first(row, target):
    for k in range(len(row)):
        if row[k] <= target:
            return k
    return len(row)


def helper(costs, target):
    return np.array([_first(row, target) for row in costs])
