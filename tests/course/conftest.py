"""Settings of the properties that the core is tested with."""

from __future__ import annotations

from hypothesis import settings

# A machine that does other work too says nothing about the code by being slow.
settings.register_profile("patient", deadline=None, print_blob=True)
settings.load_profile("patient")
