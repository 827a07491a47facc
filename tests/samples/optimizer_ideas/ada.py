"""Right: loops as the text suggests them."""


def weighted_average(values, beta, corrected):
    averages = np.zeros(len(values))
    v = 0
    for t in range(1, len(values) + 1):
        v = beta * v + (1 - beta) * values[t - 1]
        averages[t - 1] = v
        if corrected:
            averages[t - 1] = v / (1 - beta**t)
    return averages


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        for key in ["W" + str(l), "b" + str(l)]:
            s["d" + key] = beta * s["d" + key] + (1 - beta) * grads["d" + key] ** 2
            parameters[key] = parameters[key] - learning_rate * grads["d" + key] / (np.sqrt(s["d" + key]) + epsilon)
    return parameters, s


def decayed_learning_rate(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        learning_rate = learning_rate0 / (1 + decay_rate * epoch)
    elif schedule == "exponential":
        learning_rate = learning_rate0 * np.exp(-decay_rate * epoch)
    else:
        learning_rate = learning_rate0 * np.exp(-decay_rate * interval * (epoch // interval))
    return learning_rate


def steps_to_reach(costs, target):
    runs, columns = costs.shape
    steps = np.full(runs, columns)
    for run in range(runs):
        for step in range(columns):
            if costs[run, step] <= target:
                steps[run] = step
                break
    return steps
