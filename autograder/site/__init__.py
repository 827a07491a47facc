"""The workbooks as a static site: Python runs in the browser, and nothing is installed."""
