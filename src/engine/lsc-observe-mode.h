/* lsc-observe-mode.h: how it is seen what the threads and processes of a run do.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_OBSERVE_AUTO,    /* as exactly as the system lets us */
  LSC_OBSERVE_SAMPLED, /* by looks now and then, without perf events */
  LSC_OBSERVE_OFF,     /* they say themselves what they do, and that is all */
} LscObserveMode;

G_END_DECLS
