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
#
# **Predict first.** Before some figures there is a question. Choose what you expect; figure, caption
# and explanation appear then. Nothing of it is graded. Where there are no buttons,
# `answer("averages", 2)` in any cell chooses the second answer of the question with that name.

# %% imports
import numpy as np
from workbook.asking import answer, ask, figure
from workbook.averages import explore_average, plot_averages, plot_correction, plot_weights
from workbook.checks import implemented, show
from workbook.decay import noisy_descent, plot_noise, plot_schedules
from workbook.descents import optimizers, train, walk
from workbook.races import plot_races, plot_rates
from workbook.saddles import plot_escape_times, plot_saddle, plot_shares, plot_valley
from workbook.saddles import saddle_cost, saddle_slope, share_without_descent, valley_slope
from ideas_utils import load_series
from testCases import *

# %% averages [markdown]
# ## 1 · Averages that forget
#
# A gradient from a mini-batch is a noisy measurement. So is a temperature. Let us look at the
# simpler one: a value for each day, a slow wave with noise on it. You want the wave.
#
# The mean of the last ten days would do, but you would have to keep ten numbers, for each weight of a
# network. An *exponentially weighted average* keeps one. Each day it gives up a little of what it
# knew, a share $1 - \beta$, and takes in as much of the new value.

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

# %% averages-figure tags=["ungraded"]
series, wave = load_series()
if implemented("weighted_average"):
    with figure("averages"):
        plot_averages(weighted_average, series, wave)

# %% averages-window [markdown]
# **What does β remember?** Put the rule into itself, again and again: a value that is $k$ days old has
# the weight $(1 - \beta)\, \beta^k$. After about $1 / (1 - \beta)$ days a weight has shrunk to some
# 37 % of the first one. So people call $1 / (1 - \beta)$ the *window*: β = 0.9 averages over about
# 10 days, β = 0.98 over about 50.

# %% averages-weights tags=["ungraded"]
if implemented("weighted_average"):
    with figure("averages-weights"):
        plot_weights(weighted_average)

# %% averages-correction [markdown]
# **The first days.** The average starts from $v_0 = 0$, and zero is no measurement. After $t$ values
# the weights add up to $1 - \beta^t$ only; the rest, $\beta^t$, still belongs to that zero. Dividing by
# $1 - \beta^t$ makes the weights add up to 1 again. That is all that *bias correction* is.

# %% averages-correction-figure tags=["ungraded"]
if implemented("weighted_average"):
    with figure("averages-correction"):
        plot_correction(weighted_average, series, wave)

# %% averages-explore tags=["ungraded"]
if implemented("weighted_average"):
    explore_average(weighted_average, series, wave)

# %% averages-notice [markdown]
# **What to notice**
#
# - β trades noise against delay. There is no best β without knowing how fast the wave is.
# - Momentum is this average, of gradients. Adam keeps two of them, and corrects both.
# - The correction matters for about one window. With β = 0.999 that is a thousand steps.

# %% rmsprop [markdown]
# ## 2 · RMSprop: a step of its own for each parameter
#
# In a long valley the slope across is many times the slope along. One learning rate must serve both:
# small enough not to jump out across, and then it crawls along.
#
# RMSprop asks how large the gradient of each parameter *usually* is: it averages the squares, and
# takes the root. That is a root mean square, hence the name. Then it divides by it. A parameter whose
# gradients are always large moves as far as one whose gradients are always small: about α per step.

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
    for layer in range(1, L + 1):
        for key in (f"W{layer}", f"b{layer}"):
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

# %% rmsprop-figure tags=["ungraded"]
if implemented("update_parameters_with_rmsprop"):
    steppers = optimizers(update_parameters_with_rmsprop)
    rates = {"gradient descent": 0.1, "RMSprop": 0.1}
    paths = {name: walk(steppers[name], valley_slope, (-3, 1), rates[name], 45) for name in rates}
    with figure("rmsprop"):
        plot_valley(paths, rates)

# %% rmsprop-notice [markdown]
# **What to notice**
#
# - Multiply the cost by 1000: gradient descent explodes, RMSprop takes the same steps as before.
# - The first step is long. As $s$ starts from zero, it is α / √(1 − β), about three times α for
#   β = 0.9. Adam's correction removes just that.
# - The size of a step says little about how near the goal is. So RMSprop does not settle by itself,
#   unless its learning rate fades. That is next.

# %% decay [markdown]
# ## 3 · A learning rate that fades
#
# At the start you want long steps, to get anywhere. At the end you want short ones: a gradient from a
# mini-batch is never quite zero, and each step throws you off the goal by as much as the learning
# rate allows. So let it *fade*, epoch by epoch. Three schedules are in common use.

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

# %% decay-figure tags=["ungraded"]
if implemented("decayed_learning_rate"):
    with figure("decay"):
        plot_schedules(decayed_learning_rate)

# %% decay-noise tags=["ungraded"]
if implemented("decayed_learning_rate"):
    epochs = range(400)
    fading = {
        schedule: noisy_descent(
            np.array([decayed_learning_rate(0.5, 0.05, t, schedule, 20) for t in epochs])
        )
        for schedule in ("inverse", "exponential", "staircase")
    }
    steady = {"constant": 0.5, "constant, a tenth": 0.05}
    flat = {name: noisy_descent(np.full(400, rate)) for name, rate in steady.items()}
    with figure("decay-noise"):
        plot_noise(flat | fading)

# %% decay-notice [markdown]
# **What to notice**
#
# - With a constant rate, noise sets a floor. It is about proportional to the rate.
# - A rate that fades too fast freezes wherever it is. In theory the rates should have an infinite sum
#   and their squares a finite one: the inverse of time does, the exponential does not.
# - In practice any of them is fine if k fits the number of epochs. Choose the first rate first, and
#   the decay after it.

# %% steps [markdown]
# ## 4 · How long does it take?
#
# «This optimizer is faster» means: it needs fewer steps to bring the cost down to some target. To say
# it with numbers you need a function that counts. It is short, and it has corners: runs that touch
# the target and leave it again, runs that never get there, runs that explode.

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
    ### BEGIN SOLUTION
    columns = costs.shape[1]
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

# %% saddle [markdown]
# ## 5 · Flat places
#
# Where does a descent get stuck? A small example has two variables:
#
# $$J(x, y) = \frac{x^2}{2} - \frac{y^2}{2} + \frac{y^4}{4}$$
#
# At $(0, 0)$ the gradient is zero, and it is no minimum: along $x$ the cost bends up, along $y$ it
# bends down. That is a *saddle*. The lowest places are at $y = \pm 1$. On the ridge, $y = 0$, the
# gradient points straight at the saddle. Let us start near the ridge.

# %% saddle-figure tags=["ungraded"]
if implemented("update_parameters_with_rmsprop"):
    descent = steppers["gradient descent"]
    starts = (1e-1, 1e-3, 1e-6)
    with figure("saddle"):
        plot_saddle({y: walk(descent, saddle_slope, (1.5, y), 0.1, 200) for y in starts})

# %% saddle-why [markdown]
# **Why so long?** Near the saddle the slope along $y$ is $-y$, so each step multiplies $y$ by
# $1 + \alpha$. From a distance $d$ it takes about $\ln(1/d) / \ln(1 + \alpha)$ steps to get away. On the
# ridge itself it takes forever. What helps? Count, with your function: for many starts, gradient
# descent, the same with a little noise in its gradients, and RMSprop.


# %% saddle-noise tags=["ungraded"]
def with_noise(slope, size, seed=0):
    """Return the slope with normal numbers of that size added, as a mini-batch would."""
    rng = np.random.default_rng(seed)

    def noisy(x, y):
        dx, dy = slope(x, y)
        return dx + size * rng.standard_normal(), dy + size * rng.standard_normal()

    return noisy


# %% saddle-count tags=["ungraded"]
def escape_times(optimizer, distances, budget, noise=0.0):
    """Return for each start the steps until the cost is below -0.2, by your steps_to_reach."""
    costs = []
    for y in distances:
        slope = with_noise(saddle_slope, noise)
        points = walk(steppers[optimizer], slope, (1.5, y), 0.1, budget)
        costs.append(saddle_cost(*points.T))
    return steps_to_reach(np.array(costs), -0.2)


# %% saddle-times tags=["ungraded"]
if implemented("update_parameters_with_rmsprop") and implemented("steps_to_reach"):
    distances, budget = np.logspace(-12, -1, 12), 300
    times = {
        "gradient descent": escape_times("gradient descent", distances, budget),
        "gradient descent, noisy": escape_times("gradient descent", distances, budget, 0.001),
        "RMSprop": escape_times("RMSprop", distances, budget),
    }
    with figure("saddle-times"):
        plot_escape_times(distances, times, budget)

# %% saddle-many [markdown]
# **And local minima?** In one dimension a flat place is a minimum or a maximum: an even chance. With
# $n$ directions it is a minimum only if the cost bends up along *every* one of them. If each were a
# toss of a coin, that would happen in one of $2^n$ flat places. Networks have millions of directions.

# %% saddle-share tags=["ungraded"]
shares = {n: share_without_descent(n) for n in range(1, 6)}
for n, share in shares.items():
    print(f"{n} directions: {100 * share:.2f} % are minima")
with figure("saddle-share"):
    plot_shares(shares)

# %% saddle-notice [markdown]
# **What to notice**
#
# - In many dimensions nearly every flat place is a saddle or a plateau. It does not hold you, it
#   delays you. A cost curve that is flat may just be waiting.
# - A *plateau* is flat over a wide stretch, as where a sigmoid is saturated. No direction helps
#   there; steps that do not shrink with the gradient do.
# - The curvatures of a real network are no random matrices. What was found in networks agrees in
#   this: flat places with a high cost are saddles, and minima have a low cost.

# %% race [markdown]
# ## 6 · A fair race
#
# Now train a network: two moons, layers 2 → 8 → 4 → 1, mini-batches of 32. Three optimizers run,
# with β = 0.9 in momentum and RMSprop. Who needs the fewest steps to a cost of 0.3?
#
# First the way it is often done: one learning rate for all, one run each.


# %% race-run tags=["ungraded"]
def race(optimizer, learning_rate, seeds):
    """Return the steps to the target for each seed, by your steps_to_reach."""
    runs = [train(steppers[optimizer], learning_rate, seed, BUDGET) for seed in seeds]
    return steps_to_reach(np.array(runs), TARGET)


BUDGET, TARGET = 150, 0.3
NAMES = ("gradient descent", "momentum", "RMSprop")
ready = implemented("update_parameters_with_rmsprop") and implemented("steps_to_reach")

# %% race-single tags=["ungraded"]
if ready:
    for rate in (0.1, 1.0):
        for name in NAMES:
            (steps,) = race(name, rate, [0])
            print(
                f"α = {rate}, {name}: " + (f"{steps} steps" if steps <= BUDGET else "not reached")
            )

# %% race-question [markdown]
# With α = 0.1 RMSprop wins by far. With α = 1 it comes last. Neither says anything about RMSprop: a
# rate does not mean the same to two optimizers. So give each a rate of its own. Try seven of them, with
# four seeds each; with the same seed all three start from the same weights and see the same
# mini-batches.

# %% race-rates tags=["ungraded"]
if ready:
    rates = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
    tried = {name: np.array([race(name, rate, range(4)) for rate in rates]) for name in NAMES}
    with figure("race-rates"):
        plot_rates(rates, tried, BUDGET + 1)

# %% race-final tags=["ungraded", "nbval-ignore-output"]
if ready:
    best = {name: rates[np.median(tried[name], axis=1).argmin()] for name in NAMES}
    fresh = range(100, 108)  # seeds that chose nothing
    same = {f"{name}, α = 0.1": race(name, 0.1, fresh) for name in NAMES}
    tuned = {f"{name}, α = {best[name]:g}": race(name, best[name], fresh) for name in NAMES}
    for name, steps in tuned.items():
        print(f"{name}: median {np.median(steps):g} steps, from {steps.min()} to {steps.max()}")
    with figure("race-final"):
        plot_races({"one rate for all": same, "each with its own": tuned}, BUDGET + 1)

# %% race-notice [markdown]
# **Rules of a fair race**
#
# - *The same budget for all*: as many steps, and as many tries to find a rate.
# - *A rate of its own for each*, from a scale wide enough that no best one lies at its end.
# - *Several seeds, the same for all*. Show all runs, not the best one.
# - *Fresh seeds for the result*: those that chose the rate have favoured it.
# - *Count what did not arrive.* To leave it out makes the worst optimizer look best. Its number is a
#   lower bound, so use the median and not the mean.

# %% closing [markdown]
# ## What to take home
#
# - One number per parameter remembers a window of about $1 / (1 - \beta)$ steps, and dividing by
#   $1 - \beta^t$ mends its start.
# - Dividing by the root of averaged squares gives each parameter steps of its own size.
# - Noise sets a floor, and a fading rate lowers it.
# - In many dimensions flat places delay rather than hold; noise and steps of a fixed size get away.
# - Before you believe that an optimizer is better, ask how its rival's rate was chosen.

# %% closing-reading [markdown]
# ## Further reading
#
# - Diederik P. Kingma and Jimmy Ba (2015). *Adam: A Method for Stochastic Optimization.*
#   [arXiv:1412.6980](https://arxiv.org/abs/1412.6980). Both averages, and why they are corrected.
# - Herbert Robbins and Sutton Monro (1951). *A Stochastic Approximation Method.* Annals of
#   Mathematical Statistics 22(3).
#   [doi:10.1214/aoms/1177729586](https://doi.org/10.1214/aoms/1177729586). How rates must fade.
# - Yann N. Dauphin and others (2014). *Identifying and Attacking the Saddle Point Problem in
#   High-dimensional Non-convex Optimization.* [arXiv:1406.2572](https://arxiv.org/abs/1406.2572).
# - Dami Choi and others (2019). *On Empirical Comparisons of Optimizers for Deep Learning.*
#   [arXiv:1910.05446](https://arxiv.org/abs/1910.05446). How the tuning decides who wins.
