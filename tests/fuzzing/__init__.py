"""Search for answers that pass a case and are not right: `make fuzz`, and a minute of it in CI.

It goes by the contract alone. Each case of each exercise of each assignment is asked, the right
answer is changed in a few ways, travels over the wire and is judged; `oracle` says apart from the
judge whether it is still right. An assignment with laws defines them anew in `definitions`.
"""
