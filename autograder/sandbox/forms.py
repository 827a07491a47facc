"""The forms of output that hold no code: a student's HTML, SVG or script might run in a page."""

TEXTS = ("text/plain", "text/latex")
IMAGES = ("image/png", "image/jpeg")
