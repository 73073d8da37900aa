/* lsc-settle.h: until a window has done what there is to do, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* At least so long, and longer where this process or the display gets little of a core: it goes on
 * in steps, each of which does all that is to be done. */
void settle (guint ms);
