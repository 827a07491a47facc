"""Right, with helpers of her own, chatty prints and a NumPy warning on the way."""

import math


def moving_average(old, new, beta):
    return {key: old[key] * beta + new[key] * (1 - beta) for key in sorted(old)}


def stepped(parameters, direction, learning_rate):
    moved = dict(parameters)
    for key in moved:
        moved[key] = np.subtract(moved[key], learning_rate * direction["d" + key])
    return moved


def update_parameters_with_gd(parameters, grads, learning_rate):
    print("updating", len(parameters), "arrays")
    np.log(np.zeros(1))
    return stepped(parameters, grads, learning_rate)


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    count = math.ceil(m / mini_batch_size)
    cuts = [k * mini_batch_size for k in range(1, count)]
    return list(zip(np.split(X[:, order], cuts, axis=1), np.split(Y[:, order], cuts, axis=1)))


def initialize_velocity(parameters):
    return {"d" + key: np.zeros_like(parameters[key]) for key in parameters}


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = moving_average(v, grads, beta)
    return stepped(parameters, v, learning_rate), v


def initialize_adam(parameters):
    v, s = {}, {}
    for key, value in parameters.items():
        v["d" + key], s["d" + key] = np.zeros_like(value), np.zeros_like(value)
    return v, s


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    squares = {key: g * g for key, g in grads.items()}
    v, s = moving_average(v, grads, beta1), moving_average(s, squares, beta2)
    direction = {}
    for key in v:
        v_hat = v[key] / (1 - math.pow(beta1, t))
        s_hat = s[key] / (1 - math.pow(beta2, t))
        direction[key] = v_hat / (np.sqrt(s_hat) + epsilon)
    return stepped(parameters, direction, learning_rate), v, s
