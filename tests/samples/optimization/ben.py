"""Right: comprehensions that leave their arguments alone."""


def update_parameters_with_gd(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    starts = range(0, len(order), mini_batch_size)
    picks = [order[start : start + mini_batch_size] for start in starts]
    return [(X[:, pick], Y[:, pick]) for pick in picks]


def initialize_velocity(parameters):
    return {f"d{key}": 0 * value for key, value in parameters.items()}


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = {key: beta * v[key] + (1 - beta) * grads[key] for key in v}
    parameters = {key: parameters[key] - learning_rate * v["d" + key] for key in parameters}
    return parameters, v


def initialize_adam(parameters):
    return initialize_velocity(parameters), initialize_velocity(parameters)


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    v = {key: beta1 * v[key] + (1 - beta1) * grads[key] for key in v}
    s = {key: beta2 * s[key] + (1 - beta2) * grads[key] ** 2 for key in s}
    rate = learning_rate / (1 - beta1**t)
    roots = {key: (s[key] / (1 - beta2**t)) ** 0.5 + epsilon for key in s}
    parameters = {
        key: parameters[key] - rate * v["d" + key] / roots["d" + key] for key in parameters
    }
    return parameters, v, s
