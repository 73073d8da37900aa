/* lsc-conditions.c: the machine that figures come from, and what else went on there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-model"

#include "config.h"

#include "lsc-conditions.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (LscConditions, lsc_conditions, lsc_conditions_copy, lsc_conditions_free)

LscConditions *
lsc_conditions_new (void)
{
  LscConditions *self = g_new0 (LscConditions, 1);

  self->load_before = self->load_after = self->pressure = self->steal = NAN;
  return self;
}

LscConditions *
lsc_conditions_copy (const LscConditions *self)
{
  LscConditions *copy = g_new (LscConditions, 1);

  *copy = *self;
  copy->machine = g_strdup (self->machine);
  copy->cpu = g_strdup (self->cpu);
  copy->kernel = g_strdup (self->kernel);
  copy->system = g_strdup (self->system);
  copy->governor = g_strdup (self->governor);
  copy->compiler = g_strdup (self->compiler);
  copy->python = g_strdup (self->python);
  return copy;
}

void
lsc_conditions_free (LscConditions *self)
{
  g_free (self->machine);
  g_free (self->cpu);
  g_free (self->kernel);
  g_free (self->system);
  g_free (self->governor);
  g_free (self->compiler);
  g_free (self->python);
  g_free (self);
}
