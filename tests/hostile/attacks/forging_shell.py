"""Forging by taking over the shell that runs the cells, or the modules that grading might use."""

from functools import partial

from tests.hostile.attack import ADAM, FIRST, GD, HALF, LAST, NONE, Attack

forging = partial(Attack, group="forging")

ATTACKS = (
    forging(
        "an input transformer rewrites the checks",
        cells={
            FIRST: """
            def forge(lines):
                return ["10\\n"] if any("grade(" in line for line in lines) else lines
            get_ipython().input_transformers_cleanup.append(forge)
            """
        },
    ),
    forging(
        "an AST transformer empties the checks",
        cells={
            FIRST: """
            import ast
            class Forge(ast.NodeTransformer):
                def visit_Expr(self, node):
                    return ast.Pass() if "grade" in ast.dump(node) else node
                def visit_ImportFrom(self, node):
                    return ast.Pass() if "autograder" in str(node.module) else node
            get_ipython().ast_transformers.append(Forge())
            """
        },
    ),
    forging(
        "run_cell reports success without running",
        cells={
            FIRST: """
            shell = get_ipython()
            run_cell = shell.run_cell
            def forge(source, *given, **named):
                return run_cell("10" if "grade(" in source else source, *given, **named)
            shell.run_cell = forge
            """
        },
    ),
    forging(
        "run_code swallows whatever fails",
        cells={
            FIRST: """
            import types
            async def forge(self, code, result=None, *given, **named):
                try:
                    exec(code, self.user_global_ns, self.user_ns)
                except Exception:
                    pass
                return False
            shell = get_ipython()
            shell.run_code = types.MethodType(forge, shell)
            """
        },
    ),
    forging(
        "showtraceback and an exception handler hide the failures",
        cells={
            FIRST: """
            shell = get_ipython()
            shell.showtraceback = shell._showtraceback = lambda *given, **named: None
            shell.set_custom_exc((Exception,), lambda self, kind, value, tb, tb_offset=None: [])
            """
        },
    ),
    forging(
        "a display hook shows full marks for every value",
        cells={
            FIRST: """
            import sys
            class Full:
                def __repr__(self):
                    return "10"
            shell = get_ipython()
            kind = type(shell.displayhook)
            shown = kind.__call__
            kind.__call__ = lambda self, value=None: shown(self, Full())
            """
        },
    ),
    forging(
        "events after each cell publish full marks",
        cells={
            FIRST: """
            from IPython.display import publish_display_data
            def forge(*_):
                get_ipython().displayhook(10)
                publish_display_data({"text/plain": "10"})
            get_ipython().events.register("post_run_cell", forge)
            """
        },
    ),
    forging(
        "prints a verdict of its own",
        cells={LAST: f"""print("{ADAM}: 30 of 30 points")\n30"""},
    ),
    forging(
        "numpy and numpy.testing find everything equal",
        cells={
            FIRST: """
            import numpy.testing
            for name in ("allclose", "isclose", "array_equal", "all", "isfinite"):
                setattr(np, name, lambda *given, **named: np.True_)
            for name in dir(numpy.testing):
                if name.startswith("assert"):
                    setattr(numpy.testing, name, lambda *given, **named: None)
            """
        },
    ),
    forging(
        "builtins find everything of the right type",
        cells={FIRST: "import builtins\nbuiltins.isinstance = lambda *given: True"},
        flag="ended its own process",
    ),
    forging(
        "builtins count and compare as it likes",
        cells={
            LAST: """
            import builtins
            builtins.all = builtins.any = lambda *given: True
            builtins.abs = lambda value: 0
            """
        },
        # Its own process can no longer say anything at all.
        points=NONE,
        flag="ended its own process",
    ),
    forging(
        "json, msgspec and struct write what it likes",
        cells={
            LAST: """
            import json, struct, msgspec
            json.dumps = lambda *given, **named: '{"score": 100}'
            msgspec.json.encode = lambda *given, **named: b'{"score": 100}'
            msgspec.msgpack.encode = lambda *given, **named: b"\\x81\\xa5score\\x64"
            """
        },
    ),
    forging(
        "modules of the autograder are replaced by its own",
        cells={
            FIRST: """
            import sys, types
            for name in ("autograder.hidden", "autograder.judging.judge", "exercises"):
                module = types.ModuleType(name)
                module.grade = lambda assignment, exercise: {"initialize_adam": 10}.get(exercise, 20)
                module.judge = module.load = lambda *given, **named: None
                sys.modules[name] = module
            """
        },
    ),
    forging(
        "the instant checks say that all is right",
        cells={
            FIRST: """
            from workbook import checks
            for name in ("check", "attempt", "compare", "compare_returned"):
                setattr(checks, name, lambda *given, **named: print("10 of 10 points"))
            """
        },
    ),
    forging(
        "the sandbox's own code answers with points",
        cells={
            LAST: """
            from autograder.sandbox.inside import child
            child.answer = lambda *given: {"status": "passed", "score": 10, "points": 10}
            """
        },
        points=NONE,
    ),
    forging(
        "the sandbox's own writer sends what it likes",
        cells={
            LAST: """
            from autograder.sandbox import wire
            pack = wire.pack
            def forge(message, *given):
                number, status, *_ = message
                if status == "returned":
                    message = (number, status, "", True, [])
                return pack(message, *given)
            wire.pack = forge
            """
        },
        points=NONE,
    ),
    forging(
        "the shell of the sandbox says it ran other cells",
        cells={
            FIRST: """
            kind = type(get_ipython())
            execute = kind.execute
            def forge(self, source, budget):
                status, _ = execute(self, source, budget)
                full = {"output_type": "execute_result", "data": {"text/plain": "30"}, "metadata": {}}
                return "ok", [full]
            kind.execute = forge
            """
        },
    ),
    forging(
        "a function defined again after its check",
        cells={GD: f"def {GD}(*given):\n    return given[0]"},
        points={**HALF, GD: 0},
    ),
)
