"""A cluster that speaks TLS, as Dask's own configuration has it, to which docs/scale.md points."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.conftest import BIN, needs_isolation
from tests.support.cluster import Cluster
from tests.support.tiny_class import NAME, class_in, expected, marks, released_course

pytestmark = [
    pytest.mark.slow,
    needs_isolation,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate"),
]

CONFIG = """
distributed:
  comm:
    require-encryption: true
    tls:
      ca-file: {folder}/cert.pem
      scheduler: {{cert: {folder}/cert.pem, key: {folder}/key.pem}}
      worker: {{cert: {folder}/cert.pem, key: {folder}/key.pem}}
      client: {{cert: {folder}/cert.pem, key: {folder}/key.pem}}
"""
CERTIFICATE = (
    *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=cluster"),
    *("-days", "2", "-keyout", "key.pem", "-out", "cert.pem"),
)


@pytest.fixture
def env(tmp_path) -> dict[str, str]:
    """What an operator sets: where Dask's configuration is, with a certificate for all."""
    folder = tmp_path / "dask"
    folder.mkdir()
    subprocess.run(CERTIFICATE, cwd=folder, check=True, capture_output=True)
    (folder / "tls.yaml").write_text(CONFIG.format(folder=folder))
    return {"DASK_CONFIG": str(folder)}


def test_a_class_is_graded_over_tls_and_by_nobody_without_the_certificate(tmp_path, env):
    template = released_course(tmp_path / "template")
    course = class_in(template, tmp_path / "course")
    (tmp_path / "cluster").mkdir()
    cluster = Cluster(tmp_path / "cluster", ["--protocol", "tls"], env)
    try:
        cluster.add("one", course)
        assert cluster.address.startswith("tls://")
        command = [str(BIN / "autograder"), "grade", NAME, "--scheduler", cluster.address]
        without = _done(command, course.root, {})
        assert without.returncode == 2
        assert without.stderr.splitlines()[-1].startswith("autograder: No scheduler answers at")
        graded = _done(command, course.root, env)
        assert graded.returncode == 0, graded.stderr
        assert marks(course) == expected()
    finally:
        cluster.close()


def _done(command: list[str], folder, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
