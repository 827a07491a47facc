"""Wrong four times: whole numbers are cut, the weights exchanged, 1 forgotten, steps from 1."""


def weighted_average(values, beta, corrected):
    averages = np.zeros_like(values)
    v = 0
    for i in range(len(values)):
        v = beta * v + (1 - beta) * values[i]
        averages[i] = v / (1 - beta ** (i + 1)) if corrected else v
    return averages


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon):
    for key in parameters:
        s["d" + key] = (1 - beta) * s["d" + key] + beta * grads["d" + key] ** 2
        parameters[key] = parameters[key] - learning_rate * grads["d" + key] / (np.sqrt(s["d" + key]) + epsilon)
    return parameters, s


def decayed_learning_rate(learning_rate0, decay_rate, epoch, schedule, interval):
    if schedule == "inverse":
        return learning_rate0 / (1 + decay_rate)
    if schedule == "exponential":
        return learning_rate0 * np.exp(-decay_rate * epoch)
    return learning_rate0 * np.exp(-decay_rate * interval * (epoch // interval))


def steps_to_reach(costs, target):
    steps = []
    for row in costs:
        for k, cost in enumerate(row, 1):
            if cost <= target:
                steps.append(k)
                break
        else:
            steps.append(len(row))
    return np.array(steps)
