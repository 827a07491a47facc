"""Partly right: only the first two exercises are written."""


def update_parameters_with_gd(parameters, grads, learning_rate):
    for key in parameters:
        parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    mini_batches = []
    for start in range(0, X.shape[1], mini_batch_size):
        stop = start + mini_batch_size
        mini_batches.append((X[:, start:stop], Y[:, start:stop]))
    return mini_batches
