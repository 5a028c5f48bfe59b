"""Every compiled function of the model is made here, its machine code kept where a change of source cannot fool it.

numba's own cache looks at one file's date only: it does not notice that a *called* function in another file has
changed, and then computes the old thing. So each module's machine code goes to a folder named by a hash of that
module's source and of everything of ours it imports, directly or not, together with the versions of numba and numpy.
An edit recompiles what depends on it, no more.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core import config

from simulation.indices import count_from_the_front

count_from_the_front()
config.__dict__["OPT"] = type(config.__dict__["OPT"])(
    1
)  # the weeks run no slower than at 3, and compile a seventh sooner
ROOT = Path(__file__).resolve().parent.parent
IMPORTS = re.compile(
    r"^[ \t]*(?:from[ \t]+((?:simulation|\.)[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)"
    r"|import[ \t]+(simulation[^\n#]*))",
    re.MULTILINE,
)


def kernel(signature: Any = None, **options: Any) -> Any:
    """Compile a function of the model's inner week; used bare, or with an explicit numba signature.

    With a signature the function has exactly that one machine version, and arguments of other integer widths are
    converted; without one a version is compiled for each combination of argument types it meets. No fastmath, no
    threads inside: same bits everywhere.
    """
    if inspect.isfunction(signature):
        return _compile(signature, None, options)
    return functools.partial(_compile, signature=signature, options=options)


def _compile(function: Callable[..., Any], signature: Any, options: dict[str, Any]) -> Any:
    """Hand one function to numba with the cache folder of its module."""
    folder = cache_folder(Path(inspect.getfile(function)))
    kept = {"cache": folder is not None, "no_cfunc_wrapper": True}  # nobody calls kernels from C
    settings = {"nogil": True, "error_model": "numpy", **kept, **options}
    if folder is not None:
        config.__dict__["CACHE_DIR"] = str(folder)  # numba defines its settings as it loads
    if signature is None:
        return _widened(numba.njit(**settings)(function))
    return numba.njit(signature, **settings)(function)


def _widened(dispatcher: Any) -> Any:
    """Let callers' narrow integers and floats widen at the call, so that one machine version serves them all.

    Columns are of many widths; without this a function of six numbers is compiled dozens of times over.
    """
    resolve = dispatcher.get_call_template

    def get_call_template(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        wide = tuple(_wide(numba.types.unliteral(kind)) for kind in args)
        return resolve(wide, {name: _wide(numba.types.unliteral(kind)) for name, kind in kws.items()})

    dispatcher.get_call_template = get_call_template
    return dispatcher


def _wide(kind: Any) -> Any:
    """int64 for every integer that it can hold, float64 for every float; anything else as it is."""
    if isinstance(kind, numba.types.Integer) and kind != numba.types.uint64:
        return numba.types.int64
    if isinstance(kind, numba.types.Float):
        return numba.types.float64
    return kind


@functools.cache
def cache_folder(file: Path) -> Path | None:
    """Name the folder in which the machine code of one source file is kept; None where nothing can be kept."""
    base = cache_base()
    if base is None:
        return None
    folder = base / source_hash(file.resolve())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


@functools.cache
def cache_base() -> Path | None:
    """Find a folder that takes files: the user's cache, else a private temporary one, else none (nothing is kept)."""
    checked = "-checked" if config.__dict__["BOUNDSCHECK"] else ""
    versions = f"numba-{numba.__version__}-numpy-{np.__version__}{checked}"
    for candidate in _candidates():
        folder = candidate / versions
        try:
            candidate.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _private(candidate):
                continue
            folder.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def _candidates() -> list[Path]:
    """List the places where machine code may be kept, best first."""
    found: list[Path] = []
    for variable in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        if value := os.environ.get(variable):
            found.append(Path(value) / "spannerworks")
    try:
        found.append(Path.home() / ".cache" / "spannerworks")
    except RuntimeError:  # no home folder is known for this user
        pass
    try:
        found.append(Path(tempfile.gettempdir()) / f"spannerworks-{os.getuid() if hasattr(os, 'getuid') else 'user'}")
    except FileNotFoundError:  # no temporary folder takes files
        pass
    return found


def _private(folder: Path) -> bool:
    """Say whether nobody else can have put machine code into a folder (a shared temporary folder invites that)."""
    if not hasattr(os, "getuid"):
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def source_hash(file: Path, root: Path = ROOT) -> str:
    """Hash a source file together with every file under `root` that it imports, directly or not."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(_closure(file, root), key=lambda path: path.as_posix()):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        digest.update(name.encode() + b"\0" + _text(path) + b"\0")
    return digest.hexdigest()


@functools.cache
def _text(path: Path) -> bytes:
    return path.read_bytes()


@functools.cache
def _imports(path: Path, root: Path) -> frozenset[Path]:
    """Find the files of ours that one file imports, erring on the side of too many."""
    names: set[str] = set()
    for module, members, plain in IMPORTS.findall(_text(path).decode()):
        if module.startswith("."):
            module = _absolute(module, path, root)
        if module:
            names.add(module)
            names.update(f"{module}.{member}" for member in re.findall(r"\w+", members))
        names.update(re.findall(r"simulation[\w.]*", plain))
    return frozenset().union(*(_files_of(name, root) for name in names))


@functools.cache
def _files_of(name: str, root: Path) -> frozenset[Path]:
    """Find the files that importing a dotted name runs: its own, where it has one, and those of what it is in."""
    stem = root.joinpath(*name.split("."))
    own = frozenset(path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file())
    outer, _, _ = name.rpartition(".")
    return own | _files_of(outer, root) if outer else own


def _absolute(module: str, path: Path, root: Path) -> str:
    """Write a relative import of one file as an absolute one."""
    below = module.lstrip(".")
    package = path.parents[len(module) - len(below) - 1].relative_to(root).parts
    return ".".join([*package, below] if below else package)


def _closure(file: Path, root: Path) -> set[Path]:
    """Follow imports until nothing new is found."""
    seen: set[Path] = set()
    waiting = [file]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting.extend(_imports(path, root) - seen)
    return seen
