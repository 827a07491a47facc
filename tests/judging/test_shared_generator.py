"""Exercises that are diagnosed at the same time do not draw each other's random numbers."""

from __future__ import annotations

import threading

import numpy as np

from autograder.assignment.exercise import Call, Case, Exercise, Question
from autograder.assignment.misconception import Catalogue, Misconception
from autograder.judging.diagnosis import Diagnostician

SEEDED, DRAWN = threading.Event(), threading.Event()

SOLUTION = """
def {name}(n):
    {before}
    return np.random.randn(n)
"""
PAUSE = """from tests.judging.test_shared_generator import DRAWN, SEEDED
    np.random.seed(3)
    SEEDED.set()
    DRAWN.wait(0.5)"""
ENTRY = Misconception("doubled", "You double.", "Look.", {"np.random.randn(n)": "np.ones(n)"})


def bench(name, before):
    catalogue = Catalogue(SOLUTION.format(name=name, before=before), (ENTRY,))
    case = Case("a case", "Help.", lambda rng: Call((3,)))
    exercise = Exercise(name, 1, ("x",), (case,), catalogue)
    return Diagnostician(exercise, (Question(case, Call((3,)), np.zeros(3)),))


def test_one_exercise_waits_until_another_has_drawn():
    slow, quick = bench("slow", PAUSE), bench("quick", "np.random.seed(8)")

    def disturb():
        SEEDED.wait()
        quick.predict()
        DRAWN.set()

    thread = threading.Thread(target=disturb)
    thread.start()
    (answer,) = slow.predict()
    thread.join()
    assert np.array_equal(answer.value, np.random.RandomState(3).randn(3))
