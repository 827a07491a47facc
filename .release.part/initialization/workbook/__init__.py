"""What stands behind the notebook: instant checks, figures and the documented numbers.

In a release this folder lies beside the notebook and holds what all assignments share together
with what is this assignment's own. Where the two lie apart, as in the course, both are found.
"""

from pkgutil import extend_path

__path__ = extend_path(__path__, __name__)
