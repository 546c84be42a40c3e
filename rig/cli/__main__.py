"""`python -m rig.cli`: the command line without the installed script."""

from rig.cli import main

main()
