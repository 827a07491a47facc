# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% opening [markdown]
# # Optimizer ideas: averages, rates, saddles, and fair races
#
# Momentum and Adam are made of a few small ideas. Here you take them apart. You average a noisy
# series, divide a gradient by its usual size, let a learning rate fade, and watch a descent get
# stuck where nothing holds it.
#
# **What you'll do.** Four short functions. Each is used at once, in figures that come alive when
# your function works.

# %% opening-learn [markdown]
# **What you'll learn**
#
# - what β in an average remembers, and why its first values need a correction;
# - how RMSprop gives each parameter a step of its own;
# - three ways to lower a learning rate, and what that buys where gradients are noisy;
# - why a flat place, and not a local minimum, is what slows a descent in many dimensions;
# - how to compare optimizers so that the answer means something.
#
# **What you'll need.** Python with NumPy: arrays, loops, dictionaries. You should have met gradient
# descent and momentum.

# %% opening-checks [markdown]
# **How checks work.** Write your code between the comments that ask for it, and run the cell. The
# next cell calls your function on an example and prints your result beside the documented one. The
# cell after that, `check(...)`, says what is right, what is not, and where to look. Check as often
# as you like.
#
# **How grading works.** There are 100 points in four exercises. When you hand in, each function is
# also called with inputs that you have not seen: other rates, other layers, longer series. So write
# the rule, not the example. Please leave the names of the functions and the `check` cells as they
# are. Figures and trainings carry no points.

# %% imports
import numpy as np
from workbook.checks import check, implemented, show
from testCases import *

# %% averages [markdown]
# ## 1 · Averages that forget

# %% weighted_average-heading [markdown]
# ### Exercise · `weighted_average` · {points} points
#
# The average starts from $v_0 = 0$ and takes in the values $x_1, x_2, \dots$ one after the other:
#
# $$v_t = \beta\, v_{t-1} + (1 - \beta)\, x_t$$
#
# Return the averages $v_1, v_2, \dots$ in an array, as many as there are values. If `corrected` is
# True, return $\hat v_t = v_t / (1 - \beta^t)$ in their place; the recursion itself goes on with
# $v_t$.
#
# Mind the index: Python counts from 0, so $x_t$ is `values[t - 1]`. And the values may be whole
# numbers, while their averages are not.


# %% weighted_average-answer
def weighted_average(values, beta, corrected):
    """Average a series, with weights that fade by beta at each step.

    Parameters
    ----------
    values : array of shape (T,)
        The series, floats or integers.
    beta : float
        How much of the old average is kept, from 0 to below 1.
    corrected : bool
        Whether each average is divided by 1 - beta**t, with t = 1 for the first value.

    Returns
    -------
    averages : array of shape (T,), floats
    """
    ### BEGIN SOLUTION
    averages, v = np.zeros(len(values)), 0.0
    for t, value in enumerate(values, start=1):
        v = beta * v + (1 - beta) * value
        averages[t - 1] = v / (1 - beta**t) if corrected else v
    ### END SOLUTION
    return averages


# %% weighted_average-documented
values, beta, corrected = weighted_average_test_case()
show("weighted_average", values, beta, corrected)

# %% weighted_average
from workbook.checks import check

check("weighted_average")

# %% rmsprop [markdown]
# ## 2 · RMSprop: a step of its own for each parameter

# %% update_parameters_with_rmsprop-heading [markdown]
# ### Exercise · `update_parameters_with_rmsprop` · {points} points
#
# For each layer $l = 1, \dots, L$ average the squares of the gradient, then take the step:
#
# $$s_{dW^{[l]}} \leftarrow \beta\, s_{dW^{[l]}} + (1 - \beta)\, (dW^{[l]})^2$$
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha\, \frac{dW^{[l]}}{\sqrt{s_{dW^{[l]}}} + \varepsilon}$$
#
# and do the same for $b^{[l]}$ with $db^{[l]}$. Square, root and fraction go number by number. The
# step uses the new $s$, nothing is corrected, and $\varepsilon$ is added outside the root.


# %% update_parameters_with_rmsprop-answer
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon):
    """Take one step of RMSprop.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL.
    grads : dict
        dW1, db1, ..., dWL, dbL: the gradient of each parameter, in its shape.
    s : dict
        The averages of the squared gradients, under the keys of grads; zeros at first.
    beta : float
        How much of the old average is kept.
    learning_rate : float
        How long a step is where a gradient has its usual size.
    epsilon : float
        Added to the root, so that nothing is divided by zero.

    Returns
    -------
    parameters, s : dict, dict
        After the step, under the same keys.
    """
    L = len(parameters) // 2  # each layer has a W and a b
    ### BEGIN SOLUTION
    for l in range(1, L + 1):
        for key in (f"W{l}", f"b{l}"):
            gradient = grads["d" + key]
            s["d" + key] = beta * s["d" + key] + (1 - beta) * gradient**2
            step = gradient / (np.sqrt(s["d" + key]) + epsilon)
            parameters[key] = parameters[key] - learning_rate * step
    ### END SOLUTION
    return parameters, s


# %% update_parameters_with_rmsprop-documented
parameters, grads, s, beta, learning_rate, epsilon = update_parameters_with_rmsprop_test_case()
show("update_parameters_with_rmsprop", parameters, grads, s, beta, learning_rate, epsilon)

# %% update_parameters_with_rmsprop
from workbook.checks import check

check("update_parameters_with_rmsprop")

# %% decay [markdown]
# ## 3 · A learning rate that fades

# %% decayed_learning_rate-heading [markdown]
# ### Exercise · `decayed_learning_rate` · {points} points
#
# Return the learning rate of epoch $t$, where $\alpha_0$ is `learning_rate0`, $k$ is `decay_rate`
# and $n$ is `interval`:
#
# | `schedule` | learning rate |
# |---|---|
# | `"inverse"` | $\alpha = \dfrac{\alpha_0}{1 + k\, t}$ |
# | `"exponential"` | $\alpha = \alpha_0\, e^{-k\, t}$ |
# | `"staircase"` | $\alpha = \alpha_0\, e^{-k\, n \lfloor t / n \rfloor}$ |
#
# The staircase is the exponential, looked at only every $n$ epochs: $n \lfloor t / n \rfloor$ is the
# epoch at which the stair begins. Only the staircase uses the interval. In Python, `t // n` is the
# quotient without its fraction.


# %% decayed_learning_rate-answer
def decayed_learning_rate(learning_rate0, decay_rate, epoch, schedule, interval):
    """Return the learning rate of an epoch.

    Parameters
    ----------
    learning_rate0 : float
        The learning rate at epoch 0.
    decay_rate : float
        How fast it fades.
    epoch : int
        Counted from 0.
    schedule : str
        "inverse", "exponential" or "staircase".
    interval : int
        How many epochs a stair lasts.

    Returns
    -------
    learning_rate : float
    """
    ### BEGIN SOLUTION
    if schedule == "inverse":
        learning_rate = learning_rate0 / (1 + decay_rate * epoch)
    else:
        begun = epoch if schedule == "exponential" else interval * (epoch // interval)
        learning_rate = learning_rate0 * np.exp(-decay_rate * begun)
    ### END SOLUTION
    return learning_rate


# %% decayed_learning_rate-documented
learning_rate0, decay_rate, epoch, schedule, interval = decayed_learning_rate_test_case()
show("decayed_learning_rate", learning_rate0, decay_rate, epoch, schedule, interval)

# %% decayed_learning_rate
from workbook.checks import check

check("decayed_learning_rate")

# %% steps [markdown]
# ## 4 · How long does it take?

# %% steps_to_reach-heading [markdown]
# ### Exercise · `steps_to_reach` · {points} points
#
# `costs` has a row for each run: column 0 is the cost before any step, column $k$ the cost after $k$
# steps. For each run return the number of the first step after which the cost is at most `target`.
#
# - A run that begins at the target or below needs 0 steps.
# - What a cost does later does not matter, even if it rises above the target again.
# - A run that never gets there gets the number of columns. That is one step more than it was given:
#   it would have needed that many at least.
# - A cost that is infinite or `nan` has not reached anything. Any comparison with `nan` is False.


# %% steps_to_reach-answer
def steps_to_reach(costs, target):
    """Count the steps that each run needs to bring its cost down to a target.

    Parameters
    ----------
    costs : array of shape (runs, columns)
        The cost of each run before any step, then after each.
    target : float

    Returns
    -------
    steps : array of shape (runs,), integers
        The first step at which the cost is at most the target; where there is none, `columns`.
    """
    runs, columns = costs.shape
    ### BEGIN SOLUTION
    reached = costs <= target
    steps = np.where(reached.any(axis=1), reached.argmax(axis=1), columns)
    ### END SOLUTION
    return steps


# %% steps_to_reach-documented
costs, target = steps_to_reach_test_case()
show("steps_to_reach", costs, target)

# %% steps_to_reach
from workbook.checks import check

check("steps_to_reach")

# %% closing [markdown]
# ## What to take home
