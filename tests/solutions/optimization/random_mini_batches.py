"""Right solutions as different students write them; each public name is one."""

import math

import numpy as np


def textbook(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    complete = math.floor(m / mini_batch_size)
    for k in range(0, complete):
        batch_X = shuffled_X[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        batch_Y = shuffled_Y[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        mini_batches.append((batch_X, batch_Y))
    if m % mini_batch_size != 0:
        batch_X = shuffled_X[:, complete * mini_batch_size : m]
        batch_Y = shuffled_Y[:, complete * mini_batch_size : m]
        mini_batches.append((batch_X, batch_Y))
    return mini_batches


def stepped_range(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X, Y = X[:, order], Y[:, order]
    return [(X[:, k : k + mini_batch_size], Y[:, k : k + mini_batch_size]) for k in range(0, m, mini_batch_size)]


def index_slices(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    batches = []
    while len(order) > 0:
        pick, order = order[:mini_batch_size], order[mini_batch_size:]
        batches.append((X[:, pick], Y[:, pick]))
    return batches


def numpy_split(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    cuts = np.arange(mini_batch_size, m, mini_batch_size)
    return list(zip(np.split(X[:, order], cuts, axis=1), np.split(Y[:, order], cuts, axis=1)))


def array_split_of_indices(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    picks = np.array_split(np.random.permutation(m), range(mini_batch_size, m, mini_batch_size))
    return [(X[:, pick], Y[:, pick]) for pick in picks]


def generator_made_list(X, Y, mini_batch_size=64, seed=0):
    def deal():
        np.random.seed(seed)
        order = np.random.permutation(X.shape[1])
        for start in range(0, order.size, mini_batch_size):
            chosen = order[start : start + mini_batch_size]
            yield X[:, chosen], Y[:, chosen]

    return list(deal())


def ceiling_count(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    p = np.random.permutation(m)
    count = math.ceil(m / mini_batch_size)
    batches = []
    for k in range(count):
        start, stop = k * mini_batch_size, min((k + 1) * mini_batch_size, m)
        batches.append((X[:, p][:, start:stop], Y[:, p][:, start:stop]))
    return batches


def negated_floor_count(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    p = np.random.permutation(X.shape[1])
    count = -(-X.shape[1] // mini_batch_size)
    return [
        (X[:, p[k * mini_batch_size : (k + 1) * mini_batch_size]], Y[:, p[k * mini_batch_size : (k + 1) * mini_batch_size]])
        for k in range(count)
    ]


def taken(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X, Y = np.take(X, order, axis=1), np.take(Y, order, axis=1)
    batches = []
    for start in range(0, m, mini_batch_size):
        stop = start + mini_batch_size
        batches += [(X[:, start:stop], Y[:, start:stop])]
    return batches


def transposed(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(len(X.T))
    rows, labels = X.T[order], Y.T[order]
    starts = range(0, len(rows), mini_batch_size)
    return [(rows[s : s + mini_batch_size].T, labels[s : s + mini_batch_size].T) for s in starts]


def stacked(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    both = np.vstack([X, Y])
    both = both[:, np.random.permutation(both.shape[1])]
    batches = []
    for start in range(0, both.shape[1], mini_batch_size):
        part = both[:, start : start + mini_batch_size]
        batches.append((part[:-1], part[-1:]))
    return batches


def column_by_column(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    groups = [[]]
    for column in np.random.permutation(X.shape[1]):
        if len(groups[-1]) == mini_batch_size:
            groups.append([])
        groups[-1].append(column)
    return [(X[:, group], Y[:, group]) for group in groups]


def shuffled_range(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.arange(X.shape[1])
    np.random.shuffle(order)
    starts = np.arange(0, order.size, mini_batch_size)
    return [(X[:, order[s : s + mini_batch_size]], Y[:, order[s : s + mini_batch_size]]) for s in starts]


def own_generator(X, Y, mini_batch_size=64, seed=0):
    order = np.random.RandomState(seed).permutation(X.shape[1])
    cut = lambda A, k: A[:, order][:, k : k + mini_batch_size]
    return [(cut(X, k), cut(Y, k)) for k in range(0, X.shape[1], mini_batch_size)]


def lists_for_pairs(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    picks = [order[k : k + mini_batch_size] for k in range(0, order.shape[0], mini_batch_size)]
    return [[X[:, pick], Y[:, pick]] for pick in picks]


def copies(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(Y.shape[1])
    batches = []
    for k in range(0, Y.shape[1], mini_batch_size):
        pick = order[k : k + mini_batch_size]
        batches.append((np.copy(X[:, pick]), np.copy(Y[:, pick])))
    return batches


def recursive(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])

    def deal(rest):
        if not len(rest):
            return []
        pick = rest[:mini_batch_size]
        return [(X[:, pick], Y[:, pick]), *deal(rest[mini_batch_size:])]

    return deal(order)


def divmod_counts(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    complete, left = divmod(m, mini_batch_size)
    sizes = [mini_batch_size] * complete + [left] * (left > 0)
    batches, start = [], 0
    for size in sizes:
        batches.append((X[:, order[start : start + size]], Y[:, order[start : start + size]]))
        start += size
    return batches


def mapped(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    slices = [slice(k, k + mini_batch_size) for k in range(0, m, mini_batch_size)]
    return list(map(lambda s: (X[:, order[s]], Y[:, order[s]]), slices))


def typed(X: np.ndarray, Y: np.ndarray, mini_batch_size: int = 32, seed: int = 0) -> list:
    """My docstring, with a default of mine."""
    np.random.seed(seed)
    total: int = X.shape[-1]
    order = np.random.permutation(total)
    return [(X[..., order[a : a + mini_batch_size]], Y[..., order[a : a + mini_batch_size]]) for a in range(0, total, mini_batch_size)]


def chatty(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    batches = []
    for start in range(0, m, mini_batch_size):
        print("batch from", start)
        batches.append((X[:, order[start : start + mini_batch_size]], Y[:, order[start : start + mini_batch_size]]))
    print(len(batches), "batches")
    return batches
