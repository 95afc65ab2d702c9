"""`python -m generator` is the command `mingzhang`."""

import sys

from generator.cli import main

sys.exit(main())
