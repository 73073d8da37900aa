#!/usr/bin/python3
"""tools/list-deprecated: does it read what gcc says as gcc means it? The lines are gcc 16's own."""

import os
import subprocess
import sys
import tempfile

TOOL = os.path.join(os.path.abspath(sys.argv[1]), "tools", "list-deprecated")
LOG = """\
[1/3] Compiling C object src/ui/liblanescope-ui.a.p/lsc-window.c.o
../../src/ui/lsc-window.c: In function ‘show’:
../../src/ui/lsc-window.c:30:3: warning: ‘adw_leaflet_navigate’ is deprecated [-Wdeprecated-declarations]
   30 |   adw_leaflet_navigate (a, b);
In file included from /usr/include/libadwaita-1/adwaita.h:60,
/usr/include/libadwaita-1/adw-leaflet.h:122:10: note: declared here
../../src/ui/lsc-window.c:9:3: warning: ‘adw_leaflet_navigate’ is deprecated [-Wdeprecated-declarations]
../../src/ui/lsc-table.c:265:3: \x1b[01;35m\x1b[Kwarning: \x1b[m\x1b[K‘\x1b[01m\x1b[Kgtk_widget_translate_coordinates\x1b[m\x1b[K’ \
is deprecated: Use 'gtk_widget_compute_point' instead [\x1b[01;35m\x1b[K-Wdeprecated-declarations\x1b[m\x1b[K]
../../src/ui/lsc-table.c:265:3: warning: ‘gtk_widget_translate_coordinates’ is deprecated: Use 'gtk_widget_compute_point' \
instead [-Wdeprecated-declarations]
../../src/ui/lsc-table.c:300:3: warning: unused variable ‘deprecated’ [-Wunused-variable]
"""
REPORT = """\
Deprecated in what it was built with: 2 names, used in 3 places.

adw_leaflet_navigate
  src/ui/lsc-window.c:9
  src/ui/lsc-window.c:30

gtk_widget_translate_coordinates (Use 'gtk_widget_compute_point' instead)
  src/ui/lsc-table.c:265
"""

print("1..1")
with tempfile.NamedTemporaryFile("w", suffix=".log", encoding="utf-8") as file:
    file.write(LOG)
    file.flush()
    told = subprocess.run([TOOL, "--read", file.name], stdout=subprocess.PIPE, text=True, check=False).stdout
good = told == REPORT
if not good:
    print("# " + told.replace("\n", "\n# "))
print("%s 1 each name once, each place once, and what to use instead" % ("ok" if good else "not ok"))
sys.exit(0 if good else 1)
