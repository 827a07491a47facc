"""Wrong five times, each in a way of its own; only the velocity is right."""

from ben import *


def update_parameters_with_gd(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2):
        for key in (f"W{l}", f"b{l}"):
            parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    batches = []
    for k in range(m // mini_batch_size):
        pick = order[k * mini_batch_size : (k + 1) * mini_batch_size]
        batches.append((X[:, pick], Y[:, pick]))
    return batches


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
    return parameters, v


def initialize_adam(parameters):
    v = s = initialize_velocity(parameters)
    return v, s


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * g
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * g**2
        step = v["d" + key] / np.sqrt(s["d" + key] + epsilon)
        parameters[key] = parameters[key] - learning_rate * step
    return parameters, v, s
