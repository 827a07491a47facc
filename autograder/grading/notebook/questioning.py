"""Ask a child all questions: first what students know, then what is hidden."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.assignment.exercise import Answer
from autograder.grading.notebook.progress import Interview
from autograder.sandbox.asking import Child, ChildLost, Request

Requests = Mapping[str, Sequence[Request]]


@dataclass(frozen=True)
class Listener:
    """Who hears what is answered, while the child works on what follows.

    Attributes
    ----------
    answered : callable
        Given each exercise with its answers.
    lightened : callable
        Given each answer with its exercise and place as it comes; returns what to keep of it.
    before_hidden : callable
        Given a child that has answered what students know, and was given nothing hidden; returns
        what the child was lost over, or nothing.
    """

    answered: Callable[[str, Sequence[Answer]], None]
    lightened: Callable[[str, int, Answer], Answer]
    before_hidden: Callable[[Child], str]


def ask_all(
    child: Child, requests: Requests, known: Interview, end: float, listener: Listener
) -> bool:
    """Ask what is not answered yet; return whether the child lasted until the end.

    What students know is asked first, and answered before anything hidden is sent: so those answers
    cannot hold anything of it, whatever they say.
    """
    for is_known in (True, False):
        left = {
            id: _open(asked, known.given(id), is_known)
            for id, asked in requests.items()
            if id not in known.answers
        }
        replies = child.ask_all(
            requests[id][place] for id, places in left.items() for place in places
        )
        for exercise_id, places in left.items():
            if time.monotonic() > end:
                return False
            lost = _take_answers(replies, exercise_id, places, known, listener)
            if lost:
                known.last_loss = f"{exercise_id} {lost}"
                known.flags.append(known.last_loss)
                _skip_the_rest(known.given(exercise_id), len(requests[exercise_id]), lost)
            _finish(exercise_id, len(requests[exercise_id]), known, listener)
            if lost:
                return False
        if is_known and (loss := listener.before_hidden(child)):
            known.last_loss = loss
            known.flags.append(loss)
            return False
    return True


def _open(asked: Sequence[Request], given: Mapping[int, Answer], is_known: bool) -> list[int]:
    """Return the places of the requests of one kind that are not answered."""
    return [
        place
        for place, request in enumerate(asked)
        if place not in given and request.is_known == is_known
    ]


def _take_answers(
    replies: Iterator[Answer],
    exercise_id: str,
    places: Sequence[int],
    known: Interview,
    listener: Listener,
) -> ChildLost | None:
    """Take the next replies as the answers to these questions; return how the child was lost."""
    given = known.given(exercise_id)
    try:
        for place in places:
            answer = given[place] = listener.lightened(exercise_id, place, next(replies))
            if answer.status == "late":  # the calls that were sent ahead would be so too
                return ChildLost("ran past its time")
    except ChildLost as lost:
        return lost
    return None


def _finish(exercise_id: str, count: int, known: Interview, listener: Listener) -> None:
    """Have an exercise judged once all its questions are answered."""
    given = known.given(exercise_id)
    if len(given) < count:
        return
    answers = [given[place] for place in range(count)]
    listener.answered(exercise_id, answers)
    # They are judged by now: those of a whole hand-in are not held together.
    known.answers[exercise_id] = [replace(answer, value=None) for answer in answers]
    given.clear()


def _skip_the_rest(given: dict[int, Answer], count: int, lost: ChildLost) -> None:
    """Complete the answers of an exercise whose call cost a child its life."""
    left = [place for place in range(count) if place not in given]
    if left and not any(answer.status == "late" for answer in given.values()):
        given[left.pop(0)] = Answer("lost", reason=str(lost))
    skipped = Answer("skipped", reason=f"was not called again after it {lost}")
    given.update(dict.fromkeys(left, skipped))
