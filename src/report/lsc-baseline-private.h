/* lsc-baseline-private.h: a baseline's inside.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filled in lsc_baseline_new (); read only from then on.
 */

#pragma once

#include "lsc-baseline.h"

G_BEGIN_DECLS

struct _LscBaseline
{
  GObject parent_instance;

  /* Owned: copies of its own */
  LscProfile *profile;
  LscProfile *old;
  gint       *old_cells; /* n_cells; -1: none */
  LscVerdict *verdicts;  /* n_cells */

  guint n_cells;
  guint n_missing;
};

/* Both times are of single calls, or both are of all from the start on. */
gboolean lsc_baseline_is_alike (LscBaseline *self, guint cell);

G_END_DECLS
