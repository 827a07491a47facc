"""Right: the textbook's loop over layers, updating in place."""


def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    mini_batches = []
    complete = m // mini_batch_size
    for k in range(complete):
        batch_X = shuffled_X[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        batch_Y = shuffled_Y[:, k * mini_batch_size : (k + 1) * mini_batch_size]
        mini_batches.append((batch_X, batch_Y))
    if m % mini_batch_size != 0:
        batch_X = shuffled_X[:, complete * mini_batch_size :]
        batch_Y = shuffled_Y[:, complete * mini_batch_size :]
        mini_batches.append((batch_X, batch_Y))
    return mini_batches


def initialize_velocity(parameters):
    L = len(parameters) // 2
    v = {}
    for l in range(L):
        v["dW" + str(l + 1)] = np.zeros(parameters["W" + str(l + 1)].shape)
        v["db" + str(l + 1)] = np.zeros(parameters["b" + str(l + 1)].shape)
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2
    for l in range(L):
        for kind in ("W", "b"):
            key = kind + str(l + 1)
            v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
            parameters[key] -= learning_rate * v["d" + key]
    return parameters, v


def initialize_adam(parameters):
    L = len(parameters) // 2
    v = {}
    s = {}
    for l in range(L):
        for kind in ("W", "b"):
            key = kind + str(l + 1)
            v["d" + key] = np.zeros(parameters[key].shape)
            s["d" + key] = np.zeros(parameters[key].shape)
    return v, s


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(L):
        for kind in ("W", "b"):
            key = kind + str(l + 1)
            g = grads["d" + key]
            v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * g
            v_corrected["d" + key] = v["d" + key] / (1 - beta1**t)
            s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * np.square(g)
            s_corrected["d" + key] = s["d" + key] / (1 - beta2**t)
            step = v_corrected["d" + key] / (np.sqrt(s_corrected["d" + key]) + epsilon)
            parameters[key] -= learning_rate * step
    return parameters, v, s
