"""Every command ends in one of five ways, and a reader that is a program is told which in JSON.

0: done. 1: some work failed, what was done is kept. 2: the request cannot be honoured as given. 130 and 143: stopped by
Ctrl-C or TERM, and the store can be gone on with.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Sequence
from typing import Final, NoReturn

from typer.exceptions import TyperException
from typer.main import get_command

from simulation.cli.output import emit, faults, say
from simulation.cli.stopping import Stopped, Stopping
from simulation.errors import BadType, MissingKey, SpannerError, UnknownKey, UnknownName, WorkFailed, nearest_name

KINDS: Final = {"valid integer": "a whole number", "valid number": "a number"}


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """Do what was typed and leave the process."""
    words = list(sys.argv[1:] if argv is None else argv)
    with Stopping() as stopping:
        status = outcome(words, stopping)
    sys.stdout.flush()
    sys.stderr.flush()
    if status >= 128 and threading.active_count() > 1:
        os._exit(status)  # threads still in compiled code would keep the process; what was finished is in the store
    sys.exit(status)


def outcome(words: Sequence[str], stopping: Stopping) -> int:
    """Do what was typed; returns the exit status, whatever happened having been said."""
    from simulation.cli.app import app

    as_json = "--json" in words
    try:
        try:
            status = get_command(app).main(args=list(words), prog_name="spanner", standalone_mode=False, obj=stopping)
        except TyperException as error:
            context = getattr(error, "ctx", None)
            if not words and context is not None:
                say(context.get_help())
                return 2
            return _fail(_usage(error, words), as_json)
        except SpannerError as error:
            return _fail(error, as_json)
    except (Stopped, KeyboardInterrupt) as stop:
        number = stop.number if isinstance(stop, Stopped) else stopping.asked or 2
        message = str(stop) or "Stopped."
        if as_json:
            emit(faults([WorkFailed(message)]))
        say(message)
        return 128 + number
    except BrokenPipeError:  # the reader went away, as `head` does: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status if isinstance(status, int) else 0


def _fail(error: SpannerError, as_json: bool) -> int:
    if as_json:
        emit(faults(error.errors))
    for each in error.errors:
        say(each.message)
    return error.exit_status


def _given(words: Sequence[str], parameter: str | None) -> str | None:
    """What was typed for an option."""
    name = f"--{(parameter or '').replace('_', '-')}"
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word == name:
            return after
        if word.startswith(name + "="):
            return word.partition("=")[2]
    return None


def _usage(error: TyperException, words: Sequence[str]) -> SpannerError:
    """A fault in the words themselves, in the same form as every other fault."""
    message = error.format_message()
    kind = type(error).__name__
    option = getattr(error, "option_name", None)
    parameter = getattr(getattr(error, "param", None), "name", None)
    if kind == "NoSuchOption":
        possible = list(getattr(error, "possibilities", None) or [])
        nearest = nearest_name(str(option), possible)
        hint = f' Did you mean "{nearest}"?' if nearest else ""
        return UnknownKey(f"There is no option {option}.{hint}", key=str(option), given=option, nearest=nearest)
    if kind == "MissingParameter":
        return MissingKey(message, key=parameter)
    if kind == "BadParameter":
        allowed = next((kind for word, kind in KINDS.items() if word in message), None)
        return BadType(
            message if allowed is None else None, key=parameter, given=_given(words, parameter), allowed=allowed
        )
    if option is not None:
        return MissingKey(message, key=str(option))
    command = re.match(r"No such command '([^']*)'", message)
    if command:
        from simulation.cli.app import app

        names = [info.name or "" for info in app.registered_commands]
        return UnknownName.among(command.group(1), names, key="command")
    extra = re.match(r"Got unexpected extra argument\(?s?\)? \((.*)\)", message)
    given = extra.group(1) if extra else None
    return UnknownKey(f"{given} is more than this command takes." if given else message, given=given)
