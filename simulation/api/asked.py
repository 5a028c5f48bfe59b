"""How things are asked for: by name, path or table; folders; who is told of progress, and who may stop it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

type Given = str | os.PathLike[str] | Mapping[str, Any]
type Folder = str | os.PathLike[str]
type Progress = Callable[[int, int], None]
type Cancel = Callable[[], bool]
