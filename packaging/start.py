"""Where a bundle starts; the same entry as `guia`."""

from desktop.__main__ import main

main()
