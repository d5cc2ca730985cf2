"""The command line, `kenes`: runs the command that was given, and turns every error into a message and an exit code."""

import io
import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; no error ends in a traceback (KENES_DEBUG=1 shows that of an unexpected one)."""
    from index.errors import KenesError
    from index.threads import keep_threads_from_spinning
    from ui.cli.commands import app

    keep_threads_from_spinning()
    _print_utf8()
    try:
        _check_arguments(sys.argv[1:])
        app()
    except KenesError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except SystemExit as exit:
        if exit.code == INTERRUPTED:
            _complain("interrupted; what was committed is kept")
        raise
    except OSError as error:  # those of an index or a model are translated where they occur
        _complain(": ".join(filter(None, ("cannot go on", error.strerror or str(error), error.filename))))
        sys.exit(1)
    except Exception as error:
        if os.environ.get("KENES_DEBUG"):
            raise
        _complain(
            f"unexpected {type(error).__name__}: {error}\nfix: see where with KENES_DEBUG=1, and please report it"
        )
        sys.exit(70)


def _print_utf8() -> None:
    """Let files and pipes get UTF-8, whatever the system's own encoding is, and a terminal "?" for what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _check_arguments(arguments: list[str]) -> None:
    """Refuse an empty argument: it is mostly a variable that was not set, and would name the current folder."""
    from index.errors import InputError

    for argument in arguments:
        if not argument or (argument.startswith("--") and argument.endswith("=")):
            raise InputError("an argument is empty", "give it a value, or leave it out")
        if any("\ud800" <= char <= "\udfff" for char in argument):
            raise InputError("an argument is not UTF-8")


def _complain(message: str) -> None:
    from index.analysis.unicode import printable

    print("kenes:", printable(message).replace("\n", "\n  "), file=sys.stderr)
