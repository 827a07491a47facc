"""Pictures of a student's are kept if they can be shown to a person without harm."""

from __future__ import annotations

import base64
import io
import struct

import matplotlib.pyplot as plt
import pytest

from autograder.handin.images import is_showable


def drawn(form: str) -> bytes:
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    data = io.BytesIO()
    figure.savefig(data, format=form)
    plt.close(figure)
    return data.getvalue()


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(5)


JPEG_BOMB = b"\xff\xd8\xff\xc0" + struct.pack(">HBHH", 11, 8, 60_000, 60_000) + bytes(6)


@pytest.mark.parametrize(
    ("form", "data", "showable"),
    [
        pytest.param("image/png", drawn("png"), True, id="a figure"),
        pytest.param("image/jpeg", drawn("jpeg"), True, id="a JPEG figure"),
        pytest.param("image/png", png(100_000, 100_000), False, id="a PNG bomb"),
        pytest.param("image/jpeg", JPEG_BOMB, False, id="a JPEG bomb"),
        pytest.param("image/png", png(0, 5), False, id="no width"),
        pytest.param("image/png", drawn("jpeg"), False, id="another form than it says"),
        pytest.param("image/png", b"<script>", False, id="no picture"),
        pytest.param("image/jpeg", b"\xff\xd8\xff\xda\x00\x00", False, id="an empty segment"),
        pytest.param("image/jpeg", b"\xff\xd8", False, id="a JPEG cut short"),
    ],
)
def test_a_picture_is_kept_if_a_browser_can_show_it(form, data, showable):
    assert is_showable(form, base64.b64encode(data).decode()) is showable


def test_what_is_no_base64_is_no_picture():
    assert not is_showable("image/png", "a")
