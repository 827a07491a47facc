"""How what a notebook shows looks, in light and in dark themes: colours, pictures, a bar."""

from __future__ import annotations

from html import escape

# What the notebook's page says of its theme: JupyterLab and Notebook 7, VS Code, Colab. A picture
# is turned from dark on light to light on dark, and its hues are turned back.
_DARK = 'body[data-jp-theme-light="false"],body.vscode-dark,html[theme="dark"]'
# In a notebook that is opened again no kernel knows its buttons and sliders: what JupyterLab says
# of that is hidden. Where there are live buttons, what stands in for them is.
_WIDGET = ".jp-OutputArea-output:is(.jupyter-widgets,.lm-Panel)"
_STILL = "workbook-still"
_WIDGETS_STYLE = (
    f"{_WIDGET}:not(:has(*)){{display:none}}"
    f".jp-OutputArea:has(.widget-radio-box input) .{_STILL}{{display:none}}"
)
STYLE = (
    f"<style>{_WIDGETS_STYLE}{_DARK}{{--wb-page:#1d1f21;--wb-ink:#e6e6e6;--wb-line:#4a4d51;--wb-right:#56d364;"
    "--wb-wrong:#ff9b90;--wb-todo:#e3b341;--wb-picture:invert(.9) hue-rotate(180deg)}</style>"
)
# A light theme, and a page that takes styles away, sees what stands behind the commas.
PAGE, INK, LINE = "var(--wb-page,#fff)", "var(--wb-ink,#1f2328)", "var(--wb-line,#8c959f)"
RIGHT, WRONG, TODO = "var(--wb-right,#1a7f37)", "var(--wb-wrong,#b42318)", "var(--wb-todo,#7a5b00)"


def card(body: str, colour: str = LINE) -> str:
    """Return HTML in a card with a coloured edge, without scripts or outside references."""
    return (
        f'<div style="border-left:5px solid {colour};background:{PAGE};color:{INK};'
        'padding:8px 14px;margin:4px 0;font-family:sans-serif;font-size:14px;line-height:1.5">'
        f"{body}</div>"
    )


def still(body: str) -> str:
    """Return HTML that is seen only where there are no buttons beside it."""
    return f'<div class="{_STILL}">{body}</div>'


def picture(png: str, alt: str, width: int | None = None) -> str:
    """Return an image, given in base64, with the words that stand for it where it is not seen."""
    size = f' width="{width}"' if width else ""
    return (
        f'<img alt="{escape(alt)}" src="data:image/png;base64,{png}"{size} '
        'style="max-width:100%;height:auto;filter:var(--wb-picture,none)">'
    )


def figure(pictures: str, caption: str) -> str:
    """Return images with the caption that belongs to them."""
    told = f'<figcaption style="max-width:46em"><em>{prose(caption)}</em></figcaption>'
    return f'<figure style="margin:0">{pictures}{told if caption else ""}</figure>'


def prose(text: str) -> str:
    """Return text as HTML; what stands between backticks is code.

    Examples
    --------
    >>> prose("`v` < 1")
    '<code>v</code> &lt; 1'
    """
    parts = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if place % 2 else p for place, p in enumerate(parts))
