/* lsc-measure-choices.c: how Measure precisely is to measure: workers, rounds, time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-measure-choices.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* The profiler's own. */
#define MIN_ROUNDS  10
#define MAX_ROUNDS  50
#define MAX_SECONDS 180
/* Whoever types a list has something to begin with. */
#define FIRST_LIST "1, 2, 3, 4"

static const char *const nicks[] = { "chosen", "doubling", "list" };

G_DEFINE_BOXED_TYPE (LscMeasureChoices,
                     lsc_measure_choices,
                     lsc_measure_choices_copy,
                     lsc_measure_choices_free)

LscMeasureChoices *
lsc_measure_choices_new (void)
{
  LscMeasureChoices *self = g_new0 (LscMeasureChoices, 1);

  self->list = g_strdup (FIRST_LIST);
  self->min_rounds = MIN_ROUNDS;
  self->max_rounds = MAX_ROUNDS;
  self->max_seconds = MAX_SECONDS;
  self->with_companion = TRUE;
  return self;
}

LscMeasureChoices *
lsc_measure_choices_copy (const LscMeasureChoices *self)
{
  LscMeasureChoices *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->list = g_strdup (self->list);
  return copy;
}

void
lsc_measure_choices_free (LscMeasureChoices *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->list);
  g_free (self);
}

gboolean
lsc_measure_choices_equal (const LscMeasureChoices *a, const LscMeasureChoices *b)
{
  return a->workers == b->workers && strcmp (a->list, b->list) == 0 &&
         a->min_rounds == b->min_rounds && a->max_rounds == b->max_rounds &&
         a->max_seconds == b->max_seconds && a->with_companion == b->with_companion;
}

void
lsc_measure_choices_clamp (LscMeasureChoices *self)
{
  g_return_if_fail (self != NULL);

  self->min_rounds = CLAMP (self->min_rounds, 1, LSC_MEASURE_MAX_ROUNDS);
  self->max_rounds = CLAMP (self->max_rounds, self->min_rounds, LSC_MEASURE_MAX_ROUNDS);
  self->max_seconds = CLAMP (self->max_seconds, LSC_MEASURE_MIN_SECONDS, LSC_MEASURE_MAX_SECONDS);
}

/* ---- numbers of workers ------------------------------------------------------- */

static gint
compare_counts (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a;
  guint second = *(const guint *)b;

  return (first > second) - (first < second);
}

static void
add_count (GArray *counts, guint count)
{
  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, guint, i) == count)
      return;
  g_array_append_val (counts, count);
}

/* The number of cores is among them: there the curve bends. */
static void
add_doubling (GArray *counts, guint n_cores, guint max_workers)
{
  for (guint count = 1; count <= MIN (2 * n_cores, max_workers); count *= 2)
    add_count (counts, count);
  add_count (counts, MIN (n_cores, max_workers));
}

static gboolean
add_word (GArray *counts, const char *word, guint max_workers, GError **error)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (word, 10, 1, max_workers, &count, NULL))
    {
      g_set_error (
          error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          /* Translators: what was typed, and the largest number that is allowed. */
          _ ("“%s” is no number of workers: whole numbers from 1 to %u, with commas between "
             "them, such as 1, 2, 4."),
          word, max_workers);
      return FALSE;
    }
  add_count (counts, (guint)count);
  return TRUE;
}

static gboolean
add_list (GArray *counts, const char *list, guint max_workers, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (list, ", \t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !add_word (counts, words[i], max_workers, error))
      return FALSE;
  if (counts->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("Type the numbers of workers to measure, such as 1, 2, 4."));
      return FALSE;
    }
  if (counts->len > LSC_MEASURE_MAX_COUNTS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("These are %u numbers of workers; at most %u can be measured together."),
                   counts->len, LSC_MEASURE_MAX_COUNTS);
      return FALSE;
    }
  return TRUE;
}

GArray *
lsc_measure_choices_get_counts (const LscMeasureChoices *self,
                                guint                    chosen,
                                guint                    n_cores,
                                guint                    max_workers,
                                GError                 **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->workers)
    {
    case LSC_MEASURE_DOUBLING:
      add_doubling (counts, n_cores, max_workers);
      break;
    case LSC_MEASURE_LIST:
      if (!add_list (counts, self->list, max_workers, error))
        return NULL;
      break;
    case LSC_MEASURE_CHOSEN:
    default:
      add_count (counts, chosen);
      break;
    }
  g_array_sort (counts, compare_counts);
  return g_steal_pointer (&counts);
}

/* ---- preferences -------------------------------------------------------------- */

GVariant *
lsc_measure_choices_pack (const LscMeasureChoices *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_variant_new (LSC_MEASURE_CHOICES_FORMAT, nicks[self->workers], self->list,
                        self->min_rounds, self->max_rounds, self->max_seconds,
                        self->with_companion);
}

LscMeasureChoices *
lsc_measure_choices_unpack (GVariant *packed)
{
  LscMeasureChoices *self = lsc_measure_choices_new ();
  const char        *nick;

  g_free (g_steal_pointer (&self->list));
  g_variant_get (packed, "(&ssuuub)", &nick, &self->list, &self->min_rounds, &self->max_rounds,
                 &self->max_seconds, &self->with_companion);
  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (strcmp (nick, nicks[i]) == 0)
      self->workers = (LscMeasureWorkers)i;
  lsc_measure_choices_clamp (self);
  return self;
}
