"""How the process runs while a class is graded."""

from __future__ import annotations

import gc
import os
import sys

import pytest

from autograder.grading.batch_job import as_batch_job


def state():
    policy = os.sched_getscheduler(0) if sys.platform == "linux" else None
    return gc.get_threshold(), gc.get_freeze_count(), policy


during: list[tuple] = []


def interrupted():
    with as_batch_job():
        during.append(state())
        raise KeyboardInterrupt


def test_the_process_is_left_as_it_was():
    before = state()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert state() == before != during[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such policy")
def test_what_it_starts_runs_as_a_batch_job_too():
    with as_batch_job():
        pid = os.fork()
        if pid == 0:
            os._exit(os.sched_getscheduler(0))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == os.SCHED_BATCH


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such policy")
def test_who_chose_a_policy_keeps_it():
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    try:
        with as_batch_job():
            assert os.sched_getscheduler(0) == os.SCHED_IDLE
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
