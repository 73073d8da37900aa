/* lsc-baseline-warnings.c: what makes two profiles hard to compare.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-baseline-private.h"
#include "lsc-report-warnings-private.h"

#include <glib/gi18n-lib.h>

/* ---- another machine ------------------------------------------------------------------ */

typedef enum
{
  MACHINE_SAME,
  MACHINE_OTHER,
  MACHINE_UNKNOWN,
} Machine;

static gboolean
differ (const char *one, const char *other)
{
  return one != NULL && other != NULL && !g_str_equal (one, other);
}

static Machine
compare_machines (const LscConditions *now, const LscConditions *before)
{
  if (differ (now->cpu, before->cpu) ||
      (now->n_cores > 0 && before->n_cores > 0 && now->n_cores != before->n_cores))
    return MACHINE_OTHER;
  if (now->machine == NULL || before->machine == NULL)
    return MACHINE_UNKNOWN;
  return differ (now->machine, before->machine) ? MACHINE_OTHER : MACHINE_SAME;
}

/* "AMD EPYC 7B13, 4 cores" */
static char *
describe_machine (const LscConditions *conditions)
{
  g_autofree char *cores = NULL;

  if (conditions->n_cores > 0)
    cores = g_strdup_printf (ngettext ("%u core", "%u cores", conditions->n_cores),
                             conditions->n_cores);
  if (conditions->cpu != NULL && cores != NULL)
    /* Translators: a processor's name, and how many cores: "AMD EPYC 7B13, 4 cores". */
    return g_strdup_printf (_ ("%s, %s"), conditions->cpu, cores);
  if (conditions->cpu != NULL)
    return g_strdup (conditions->cpu);
  return cores != NULL ? g_steal_pointer (&cores) : g_strdup (_ ("unknown"));
}

static void
add_machine (const LscConditions *now, const LscConditions *before, GPtrArray *sentences)
{
  g_autofree char *mine = describe_machine (now);
  g_autofree char *theirs = describe_machine (before);
  Machine          machine = compare_machines (now, before);

  if (machine == MACHINE_UNKNOWN)
    g_ptr_array_add (sentences, g_strdup (_ ("It is not known whether both were measured on the "
                                             "same machine.")));
  if (machine != MACHINE_OTHER)
    return;
  if (g_str_equal (mine, theirs))
    g_ptr_array_add (sentences,
                     g_strdup (_ ("ANOTHER MACHINE: the old figures are from a machine of the same "
                                  "kind, but not from this one. Differences may be the "
                                  "machines’.")));
  else
    /* Translators: descriptions of two machines, such as "AMD EPYC 7B13, 4 cores". The capitals
     * are there because nothing that is compared means much then. */
    g_ptr_array_add (
        sentences,
        g_strdup_printf (_ ("ANOTHER MACHINE: the old figures are from another one (%s; this one: "
                            "%s). Differences may be the machines’."),
                         theirs, mine));
}

/* ---- the rest ------------------------------------------------------------------------- */

static void
add_differences (const LscConditions *now, const LscConditions *before, GPtrArray *sentences)
{
  /* Translators: in these the first %s is what it was before, the second what it is now. */
  if (differ (now->python, before->python))
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Another Python: %s before, %s now."),
                                                 before->python, now->python));
  if (differ (now->compiler, before->compiler))
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Another compiler: %s before, %s now."),
                                                 before->compiler, now->compiler));
  if (differ (now->kernel, before->kernel))
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Another kernel: %s before, %s now."),
                                                 before->kernel, now->kernel));
  if (differ (now->governor, before->governor))
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Another clock governor: %s before, %s now."),
                                                 before->governor, now->governor));
  if (differ (now->system, before->system))
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Another system: %s before, %s now."),
                                                 before->system, now->system));
}

static void
add_busy (const LscConditions *now, const LscConditions *before, GPtrArray *sentences)
{
  gboolean is_busy = lsc_conditions_is_busy (now);
  gboolean was_busy = lsc_conditions_is_busy (before);

  if (is_busy && was_busy)
    g_ptr_array_add (sentences, g_strdup (_ ("The machine was busy both times.")));
  else if (was_busy)
    g_ptr_array_add (sentences,
                     g_strdup (_ ("The machine was busy when the old figures were measured.")));
  else if (is_busy)
    g_ptr_array_add (sentences,
                     g_strdup (_ ("The machine was busy when the new figures were measured.")));
}

static void
add_not_alike (LscBaseline *self, GPtrArray *sentences)
{
  guint n = 0;

  for (guint i = 0; i < self->n_cells; i++)
    n += !lsc_baseline_is_alike (self, i);
  if (n > 0)
    g_ptr_array_add (
        sentences,
        g_strdup_printf (ngettext ("%u cannot be compared: one of the two is timed with its start, "
                                   "the other by single calls.",
                                   "%u cannot be compared: one of the two is timed with its start, "
                                   "the other by single calls.",
                                   n),
                         n));
}

static void
add_missing (LscBaseline *self, GPtrArray *sentences)
{
  guint n_new = 0;

  for (guint i = 0; i < self->n_cells; i++)
    n_new += self->old_cells[i] < 0;

  if (n_new > 0 && n_new == self->n_cells)
    {
      g_ptr_array_add (sentences, g_strdup (_ ("The two have nothing in common that could be "
                                               "compared.")));
      return;
    }
  if (n_new > 0)
    g_ptr_array_add (
        sentences, g_strdup_printf (ngettext ("%u of what was measured is not in the old profile.",
                                              "%u of what was measured are not in the old "
                                              "profile.",
                                              n_new),
                                    n_new));
  if (self->n_missing > 0)
    g_ptr_array_add (sentences,
                     g_strdup_printf (ngettext ("%u of the old profile was not measured again.",
                                                "%u of the old profile were not measured again.",
                                                self->n_missing),
                                      self->n_missing));
}

char **
lsc_baseline_dup_warnings (LscBaseline *self)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new ();
  const LscConditions *now;
  const LscConditions *before;

  g_return_val_if_fail (LSC_IS_BASELINE (self), NULL);

  now = lsc_profile_get_conditions (self->profile);
  before = lsc_profile_get_conditions (self->old);

  add_machine (now, before, sentences);
  add_differences (now, before, sentences);
  add_busy (now, before, sentences);
  add_not_alike (self, sentences);
  add_missing (self, sentences);

  g_ptr_array_add (sentences, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&sentences), FALSE);
}

char *
lsc_baseline_dup_note (LscBaseline *self)
{
  g_auto (GStrv) warnings = NULL;

  g_return_val_if_fail (LSC_IS_BASELINE (self), NULL);

  warnings = lsc_baseline_dup_warnings (self);
  return warnings[0] != NULL ? g_strjoinv (" ", warnings) : NULL;
}

char **
lsc_baseline_dup_verdicts (LscBaseline *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  g_return_val_if_fail (LSC_IS_BASELINE (self), NULL);

  for (guint i = 0; i < self->n_cells; i++)
    {
      char *verdict = lsc_baseline_dup_verdict (self, i);

      g_ptr_array_add (texts, verdict != NULL ? verdict : g_strdup (""));
    }
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}
