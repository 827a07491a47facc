"""Right solutions as different students write them; each public name is one."""

import numpy as np


def textbook(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    L = len(parameters) // 2
    v_corrected = {}
    s_corrected = {}
    for l in range(L):
        v["dW" + str(l + 1)] = beta1 * v["dW" + str(l + 1)] + (1 - beta1) * grads["dW" + str(l + 1)]
        v["db" + str(l + 1)] = beta1 * v["db" + str(l + 1)] + (1 - beta1) * grads["db" + str(l + 1)]
        v_corrected["dW" + str(l + 1)] = v["dW" + str(l + 1)] / (1 - np.power(beta1, t))
        v_corrected["db" + str(l + 1)] = v["db" + str(l + 1)] / (1 - np.power(beta1, t))
        s["dW" + str(l + 1)] = beta2 * s["dW" + str(l + 1)] + (1 - beta2) * np.power(grads["dW" + str(l + 1)], 2)
        s["db" + str(l + 1)] = beta2 * s["db" + str(l + 1)] + (1 - beta2) * np.power(grads["db" + str(l + 1)], 2)
        s_corrected["dW" + str(l + 1)] = s["dW" + str(l + 1)] / (1 - np.power(beta2, t))
        s_corrected["db" + str(l + 1)] = s["db" + str(l + 1)] / (1 - np.power(beta2, t))
        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - learning_rate * v_corrected["dW" + str(l + 1)] / (
            np.sqrt(s_corrected["dW" + str(l + 1)]) + epsilon
        )
        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - learning_rate * v_corrected["db" + str(l + 1)] / (
            np.sqrt(s_corrected["db" + str(l + 1)]) + epsilon
        )
    return parameters, v, s


def over_keys(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * g
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * g**2
        v_hat = v["d" + key] / (1 - beta1**t)
        s_hat = s["d" + key] / (1 - beta2**t)
        parameters[key] = parameters[key] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return parameters, v, s


def product_of_gradient(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for l in range(1, len(parameters) // 2 + 1):
        for key in (f"W{l}", f"b{l}"):
            g = grads[f"d{key}"]
            v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
            s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g * g
            v_hat, s_hat = v[f"d{key}"] / (1 - beta1**t), s[f"d{key}"] / (1 - beta2**t)
            parameters[key] -= learning_rate * (v_hat / (s_hat**0.5 + epsilon))
    return parameters, v, s


def comprehensions(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = {key: beta1 * v[key] + (1 - beta1) * grads[key] for key in v}
    s = {key: beta2 * s[key] + (1 - beta2) * np.square(grads[key]) for key in s}
    v_hat = {key: v[key] / (1 - beta1**t) for key in v}
    s_hat = {key: s[key] / (1 - beta2**t) for key in s}
    step = {key: v_hat["d" + key] / (np.sqrt(s_hat["d" + key]) + epsilon) for key in parameters}
    return {key: parameters[key] - learning_rate * step[key] for key in parameters}, v, s


def rate_corrected(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    rate = learning_rate / (1 - beta1**t)
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * g
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * np.square(g)
        root = np.sqrt(s["d" + key] / (1 - beta2**t)) + epsilon
        parameters[key] = parameters[key] - rate * v["d" + key] / root
    return parameters, v, s


def root_of_correction(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    scale = np.sqrt(1 - beta2**t)
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * g
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * g**2
        rate = learning_rate * scale / (1 - beta1**t)
        parameters[key] = parameters[key] - rate * v["d" + key] / (np.sqrt(s["d" + key]) + epsilon * scale)
    return parameters, v, s


def difference_forms(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = v["d" + key] + (1 - beta1) * (g - v["d" + key])
        s["d" + key] = s["d" + key] + (1 - beta2) * (g**2 - s["d" + key])
        v_hat = v["d" + key] / (1 - beta1**t)
        s_hat = s["d" + key] / (1 - beta2**t)
        parameters[key] = parameters[key] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return parameters, v, s


def new_dicts(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    new_parameters, new_v, new_s = {}, {}, {}
    for name, g in grads.items():
        new_v[name] = beta1 * v[name] + (1 - beta1) * g
        new_s[name] = beta2 * s[name] + (1 - beta2) * g**2
        direction = (new_v[name] / (1 - beta1**t)) / (np.sqrt(new_s[name] / (1 - beta2**t)) + epsilon)
        new_parameters[name[1:]] = parameters[name[1:]] - learning_rate * direction
    return new_parameters, new_v, new_s


def three_passes(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in v:
        v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
    for key in s:
        s[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
    for key in parameters:
        top = v["d" + key] / (1 - beta1**t)
        bottom = np.sqrt(s["d" + key] / (1 - beta2**t)) + epsilon
        parameters[key] = parameters[key] - learning_rate * top / bottom
    return parameters, v, s


def inner_helper(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def corrected(moment, beta):
        return moment / (1 - beta**t)

    for key in parameters:
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * grads["d" + key]
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * grads["d" + key] ** 2
        step = corrected(v["d" + key], beta1) / (np.sqrt(corrected(s["d" + key], beta2)) + epsilon)
        parameters[key] = parameters[key] - learning_rate * step
    return parameters, v, s


def in_place(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in v:
        v[key] *= beta1
        v[key] += (1 - beta1) * grads[key]
        s[key] *= beta2
        s[key] += (1 - beta2) * grads[key] ** 2
        parameters[key[1:]] -= learning_rate * (v[key] / (1 - beta1**t)) / (np.sqrt(s[key] / (1 - beta2**t)) + epsilon)
    return parameters, v, s


def numpy_functions(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        name = "d" + key
        v[name] = np.add(np.multiply(beta1, v[name]), np.multiply(1 - beta1, grads[name]))
        s[name] = np.add(np.multiply(beta2, s[name]), np.multiply(1 - beta2, np.square(grads[name])))
        v_hat = np.divide(v[name], 1 - np.power(beta1, t))
        s_hat = np.divide(s[name], 1 - np.power(beta2, t))
        parameters[key] = np.subtract(parameters[key], learning_rate * np.divide(v_hat, np.sqrt(s_hat) + epsilon))
    return parameters, v, s


def while_loop(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    l = 1
    while "W%d" % l in parameters:
        for kind in ["W", "b"]:
            d = "d%s%d" % (kind, l)
            v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
            s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
            step = v[d] / (1 - beta1**t) / (np.sqrt(s[d] / (1 - beta2**t)) + epsilon)
            parameters[d[1:]] = parameters[d[1:]] - learning_rate * step
        l += 1
    return parameters, v, s
