"""Ways in which markdown or an output may act on the page that shows it."""

from __future__ import annotations

import base64

ELSEWHERE = "http://elsewhere.invalid"


def acts(name: str) -> str:
    """Return the script by which a carrier tells that it has acted."""
    return f"(window.acted=window.acted||[]).push('{name}')"


def _encoded(html: str) -> str:
    return base64.b64encode(html.encode()).decode()


SCRIPT = f"<script>{acts('script in a frame')}</script>"
FRAME = f"<script>parent.{acts('frame')[1:].replace('window', 'parent')}</script>"

# By name. What cannot run a script by itself in any browser of today is there as well: it must be
# gone all the same.
MARKDOWN = {
    "script": f"<script>{acts('script')}</script>",
    "onerror": f'<img src="x" onerror="{acts("onerror")}">',
    "in a paragraph": f"see <img src=x onerror={acts('in a paragraph')}> there",
    "without an end": f"<img src=x onerror={acts('without an end')} alt=",
    "upper case": f"<ScRiPt>{acts('upper case')}</sCrIpT>",
    "svg": f'<svg onload="{acts("svg")}"><circle r="9"/></svg>',
    "script in svg": f"<svg><script>{acts('script in svg')}</script></svg>",
    "mathml": f"<math><mtext></mtext><mglyph><style><img src=x onerror={acts('mathml')}></style>",
    "srcdoc": f'<iframe srcdoc="<script>parent.{acts("srcdoc")}</script>"></iframe>',
    "frame": f'<iframe src="javascript:parent.{acts("frame")}"></iframe>',
    "data frame": f'<iframe src="data:text/html;base64,{_encoded(SCRIPT)}"></iframe>',
    "details": f"<details open ontoggle={acts('details')}>x</details>",
    "focus": f"<input autofocus onfocus={acts('focus')}>",
    "style": f"<style>body {{ background: url({ELSEWHERE}/style) }}</style>",
    "style attribute": f'<p style="position:fixed;background:url({ELSEWHERE}/p)">x</p>',
    "link element": f'<link rel="stylesheet" href="{ELSEWHERE}/link">',
    "meta": f'<meta http-equiv="refresh" content="0;url={ELSEWHERE}/meta">',
    "base": f'<base href="{ELSEWHERE}/base">',
    "form": f'<form action="javascript:{acts("form")}"><button>Full credit</button></form>',
    "object": f'<object data="data:text/html;base64,{_encoded(SCRIPT)}"></object>',
    "embed": f'<embed src="{ELSEWHERE}/embed">',
    "link": f"[link](javascript:{acts('link')})",
    "blank before": f"[blank before]( javascript:{acts('blank before')})",
    "entity": f"[entity](&#106;avascript:{acts('entity')})",
    "made of entities": f"[made of entities](&#1&#48;6;avascript:{acts('made of entities')})",
    "named": f"[named]\n\n[named]:\n  javascript:{acts('named')}",
    "quoted": f"> [quoted]:\n> javascript:{acts('quoted')}\n\n[quoted]",
    "autolink": f"<javascript:{acts('autolink')}>",
    "data link": f"[data link](data:text/html;base64,{_encoded(SCRIPT)})",
    "picture": f"![picture]({ELSEWHERE}/picture.png)",
    "logout": "![logout](/logout)",
    "attachment": "![attachment](attachment:none.png)",
    "mermaid": f"```mermaid\n<img src=x onerror={acts('mermaid')}>\n```",
    "language": f'```x"><img src=x onerror={acts("language")}>\ncode\n```',
    "formula": f"$\\href{{javascript:{acts('formula')}}}{{x}}$",
    "formula of entities": f"\\(\\h&#114;ef{{javascript:{acts('formula of entities')}}}{{x}}\\)",
    "comment": "<!-- all that follows",
    "end of the box": "</div></div></div></div>\n\n</div>",
    "place of a score": '# essay\n\n<input id="essay">',
}

READABLE = """## What I **mean**

1. first, as $a<b$
2. second, with `x < y` and <b>bold</b>

> a quotation, and [numpy](https://numpy.org)

| a | b |
|---|---|
| 1 | 2 |
"""

# The forms of an output, each with something that acts.
OUTPUTS = {
    "text/html": f"<script>{acts('html output')}</script>",
    "text/markdown": f"<img src=x onerror={acts('markdown output')}>",
    "application/javascript": acts("javascript output"),
    "image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{acts("svg output")}"/>',
    "text/latex": f"$\\href{{javascript:{acts('latex output')}}}{{x}}$",
    "image/png": f'" onerror="{acts("png output")}',
}
