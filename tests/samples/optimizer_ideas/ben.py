"""Right: short, with whole arrays."""


def weighted_average(values, beta, corrected):
    kernel = (1 - beta) * float(beta) ** np.arange(len(values))
    v = np.convolve(values, kernel)[: len(values)]
    return v / np.cumsum(kernel) if corrected else v


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon):
    s = {key: beta * s[key] + (1 - beta) * np.square(grads[key]) for key in grads}
    step = {key: learning_rate * grads[key] / (np.sqrt(s[key]) + epsilon) for key in grads}
    return {key: parameters[key] - step["d" + key] for key in parameters}, s


def decayed_learning_rate(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        return learning_rate0 / (1 + decay_rate * epoch)
    if schedule == "staircase":
        epoch -= epoch % interval
    return learning_rate0 * np.exp(-decay_rate * epoch)


def steps_to_reach(costs, target):
    end = np.full((len(costs), 1), -np.inf)
    return np.argmax(np.hstack([costs, end]) <= target, axis=1)
