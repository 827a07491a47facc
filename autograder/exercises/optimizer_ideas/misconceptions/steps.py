"""Misconceptions about the number of steps that a run needs to reach a target."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue, Misconception

from .returning import return_entries

_SOLUTION = """
def steps_to_reach(costs, target):
    runs, columns = costs.shape
    steps = np.full(runs, columns)
    for run in range(runs):
        for step in range(columns):
            if costs[run, step] <= target:
                steps[run] = step
                break
    return steps
"""

_REACHED, _STORE, _FILLED = (
    "costs[run, step] <= target",
    "steps[run] = step",
    "np.full(runs, columns)",
)
_BREAK, _RETURN, _ROW = "                break", "    return steps", "range(runs)"
_NEVER = "A run that never gets there gets the number of its costs: one more than its last step."
_ONE_EACH = "One number for each run is wanted, in an array of one dimension."
_FIRST = "The first step counts at which the cost is at most the target: stop looking there."
_COUNT = "Column 0 is the cost before any step: the number of steps is the column's."

_EDITS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "strict": (
        "A cost that equals the target does not count in yours.",
        "At most the target is wanted: compare with `<=`.",
        {_REACHED: "costs[run, step] < target"},
    ),
    "above": (
        "You look for the first cost above the target.",
        "Look at the direction of the comparison.",
        {_REACHED: "costs[run, step] >= target"},
    ),
    "equal": (
        "Only a cost that equals the target counts in yours.",
        "A cost may jump past the target: compare with `<=`.",
        {_REACHED: "costs[run, step] == target"},
    ),
    "absolute": (
        "You compare the costs without their sign.",
        "Compare each cost as it comes.",
        {_REACHED: "abs(costs[run, step]) <= target"},
    ),
    "distance": (
        "You ask whether a cost is near zero by less than the target's size.",
        "Compare each cost with the target itself.",
        {_REACHED: "abs(costs[run, step]) <= abs(target)"},
    ),
    "from-one": (
        "Your steps are counted from 1.",
        _COUNT,
        {_STORE: "steps[run] = step + 1"},
    ),
    "one-before": (
        "You return the last step above the target, not the first that reaches it.",
        _COUNT,
        {_STORE: "steps[run] = step - 1"},
    ),
    "last": (
        "You return the last step at which the cost is below the target.",
        _FIRST,
        {_BREAK: "                continue"},
    ),
    "start-skipped": (
        "Your loop leaves out the cost of the start.",
        "A run may be below the target from the start: begin with column 0.",
        {"range(columns)": "range(1, columns)"},
    ),
    "last-skipped": (
        "Your loop stops before the last row: its run is never looked at.",
        "Look at the loop's bounds: Python's range leaves out its end.",
        {_ROW: "range(runs - 1)"},
    ),
    "first-run-skipped": (
        "Your loop leaves out the first run.",
        "Rows are counted from 0.",
        {_ROW: "range(1, runs)"},
    ),
    "never-is-zero": (
        "A run that never gets there has 0 steps in yours, as if it had been there at once.",
        f"{_NEVER} `argmax` of nothing but False is 0.",
        {_FILLED: "np.zeros(runs, dtype=int)"},
    ),
    "never-is-minus-one": (
        "A run that never gets there has -1 steps in yours.",
        _NEVER,
        {_FILLED: "np.full(runs, -1)"},
    ),
    "never-is-last": (
        "A run that never gets there has the number of its last step in yours.",
        _NEVER,
        {_FILLED: "np.full(runs, columns - 1)"},
    ),
    "never-is-one-more": (
        "A run that never gets there has one step too many in yours.",
        _NEVER,
        {_FILLED: "np.full(runs, columns + 1)"},
    ),
    "never-is-infinite": (
        "A run that never gets there has infinitely many steps in yours.",
        _NEVER,
        {_FILLED: "np.full(runs, np.inf)"},
    ),
    "never-is-nan": (
        "A run that never gets there has nan steps in yours.",
        _NEVER,
        {_FILLED: "np.full(runs, np.nan)"},
    ),
    "never-is-runs": (
        "A run that never gets there has the number of runs in yours.",
        f"{_NEVER} Mind which dimension is which.",
        {_FILLED: "np.full(runs, runs)"},
    ),
    "lowest": (
        "You return the step with the lowest cost.",
        _FIRST,
        {_RETURN: "    return np.argmin(costs, axis=1)"},
    ),
    "nearest": (
        "You return the step whose cost is nearest to the target.",
        _FIRST,
        {_RETURN: "    return np.argmin(abs(costs - target), axis=1)"},
    ),
    "counted-above": (
        "You count all costs above the target, wherever they are.",
        _FIRST,
        {_RETURN: "    return np.sum(costs > target, axis=1)"},
    ),
    "counted-not-below": (
        "You count all costs that are not below the target, wherever they are.",
        _FIRST,
        {_RETURN: "    return np.sum(~(costs <= target), axis=1)"},
    ),
    "counted-below": (
        "You count the costs below the target.",
        _FIRST,
        {_RETURN: "    return np.sum(costs <= target, axis=1)"},
    ),
    "columns-for-rows": (
        "Rows and columns are exchanged: you return one number for each step.",
        "A run is a row of costs.",
        {"runs, columns = costs.shape": "costs = costs.T; runs, columns = costs.shape"},
    ),
    "first-run-alone": (
        "You return the steps of the first run alone.",
        _ONE_EACH,
        {_RETURN: "    return steps[0]"},
    ),
    "mean": (
        "You return the mean over the runs.",
        _ONE_EACH,
        {_RETURN: "    return np.mean(steps)"},
    ),
    "median": (
        "You return the median over the runs.",
        _ONE_EACH,
        {_RETURN: "    return np.median(steps)"},
    ),
    "fewest": (
        "You return the fewest steps of all runs.",
        _ONE_EACH,
        {_RETURN: "    return np.min(steps)"},
    ),
    "sorted": (
        "Your numbers are sorted: they do not stand in the order of the runs.",
        "The first number belongs to the first row, and so on.",
        {_RETURN: "    return np.sort(steps)"},
    ),
    "truth": (
        "You return whether each run reached the target.",
        _ONE_EACH,
        {_RETURN: "    return steps < columns"},
    ),
    "costs": (
        "You return the costs at those steps, not the steps.",
        _ONE_EACH,
        {_RETURN: "    return costs[np.arange(runs), np.minimum(steps, columns - 1)]"},
    ),
    "list": (
        "You return a list, not an array.",
        "Make an array of it: `np.array(...)`.",
        {_RETURN: "    return list(steps)"},
    ),
    "column": (
        "You return a column, of two dimensions.",
        _ONE_EACH,
        {_RETURN: "    return steps.reshape(-1, 1)"},
    ),
    "only-who-arrived": (
        "You leave out the runs that never get there.",
        f"{_ONE_EACH} {_NEVER}",
        {_RETURN: "    return steps[steps < columns]"},
    ),
    "returned-in-the-loop": (
        "Your function returns after the first run.",
        "Is the `return` inside the loop? It belongs behind it, with less indentation.",
        {_RETURN: "        return steps"},
    ),
}

STEPS = Catalogue(
    _SOLUTION,
    (
        *(Misconception(id_, done, look, edits) for id_, (done, look, edits) in _EDITS.items()),
        *return_entries("steps", "the array of steps"),
    ),
)
