"""Wrong once in each: what is corrected is kept, no root, no stairs, and argmax of nothing."""


def weighted_average(values, beta, corrected):
    averages = np.zeros(len(values))
    v = 0
    for t, x in enumerate(values, 1):
        v = beta * v + (1 - beta) * x
        if corrected:
            v = v / (1 - beta**t)
        averages[t - 1] = v
    return averages


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon):
    for key in parameters:
        s["d" + key] = beta * s["d" + key] + (1 - beta) * grads["d" + key] ** 2
        parameters[key] = parameters[key] - learning_rate * grads["d" + key] / (s["d" + key] + epsilon)
    return parameters, s


def decayed_learning_rate(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        return learning_rate0 / (1 + decay_rate * epoch)
    return learning_rate0 * np.exp(-decay_rate * epoch)


def steps_to_reach(costs, target):
    return np.argmax(costs <= target, axis=1)
