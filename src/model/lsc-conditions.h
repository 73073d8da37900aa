/* lsc-conditions.h: the machine that figures come from, and what else went on there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plain struct, owned by whoever has it. What the machine does not tell is unknown: NULL, or NAN;
 * never taken for fine.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  char *machine;  /* an id of this machine, made for this program alone: no name */
  char *cpu;      /* "AMD EPYC 7B13" */
  char *kernel;   /* "Linux 6.18.5" */
  char *system;   /* "Debian GNU/Linux 12 (bookworm)" */
  char *governor; /* of the clock frequency: "performance" */
  char *compiler; /* that built the built-in workloads: "gcc 12.2.0" */
  char *python;   /* of what was measured, where Python was: "Python 3.11.7" */
  guint n_cores;  /* that could be used; 0 unknown */

  double load_before; /* load average of the last minute */
  double load_after;
  double pressure; /* share of the time, 0 to 1, in which something waited for a core (PSI) */
  double steal;    /* share of the cores' time, 0 to 1, that other guests of the host took */
} LscConditions;

#define LSC_TYPE_CONDITIONS (lsc_conditions_get_type ())
GType lsc_conditions_get_type (void);

/* Nothing is known. */
LscConditions *lsc_conditions_new (void) G_GNUC_WARN_UNUSED_RESULT;
LscConditions *lsc_conditions_copy (const LscConditions *self) G_GNUC_WARN_UNUSED_RESULT;
void           lsc_conditions_free (LscConditions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscConditions, lsc_conditions_free)

G_END_DECLS
