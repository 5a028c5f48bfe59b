"""One intervention a file, card included; importing this package makes all of them known to the registry of
`simulation.policy`.
"""

from __future__ import annotations

import importlib
import pkgutil

for _found in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_found}")
