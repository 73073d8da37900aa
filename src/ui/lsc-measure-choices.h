/* lsc-measure-choices.h: how Measure precisely is to measure: workers, rounds, time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plain struct, owned by whoever has it; any thread.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* At how many workers the modes that have some are measured. */
typedef enum
{
  LSC_MEASURE_CHOSEN,   /* the number that Run takes */
  LSC_MEASURE_DOUBLING, /* 1, 2, 4 and so on, past the number of cores */
  LSC_MEASURE_LIST,     /* those that were typed */
} LscMeasureWorkers;

#define LSC_MEASURE_MAX_ROUNDS  1000u
#define LSC_MEASURE_MIN_SECONDS 5u
#define LSC_MEASURE_MAX_SECONDS 7200u
/* Numbers of workers; more are refused. */
#define LSC_MEASURE_MAX_COUNTS 12u

typedef struct
{
  LscMeasureWorkers workers;
  char             *list; /* as typed, "1, 2, 4"; may be wrong */
  guint             min_rounds;
  guint             max_rounds; /* at least min_rounds */
  guint             max_seconds;
  gboolean          with_companion; /* of a suite: also what it is naturally shown beside */
} LscMeasureChoices;

#define LSC_TYPE_MEASURE_CHOICES (lsc_measure_choices_get_type ())
GType lsc_measure_choices_get_type (void);

/* What is measured when nothing is chosen. */
LscMeasureChoices *lsc_measure_choices_new (void) G_GNUC_WARN_UNUSED_RESULT;
LscMeasureChoices          *
lsc_measure_choices_copy (const LscMeasureChoices *self) G_GNUC_WARN_UNUSED_RESULT;
void     lsc_measure_choices_free (LscMeasureChoices *self);
gboolean lsc_measure_choices_equal (const LscMeasureChoices *a, const LscMeasureChoices *b);
/* Brings the numbers into what is allowed. */
void lsc_measure_choices_clamp (LscMeasureChoices *self);

/* The numbers of workers, from few to many, each once; of guint. NULL with what is wrong with the
 * list. `chosen`: what Run takes; none is above `max_workers`. */
GArray *lsc_measure_choices_get_counts (const LscMeasureChoices *self,
                                        guint                    chosen,
                                        guint                    n_cores,
                                        guint                    max_workers,
                                        GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

/* For preferences: a floating LSC_MEASURE_CHOICES_FORMAT. What is not allowed is mended. */
#define LSC_MEASURE_CHOICES_FORMAT "(ssuuub)"
GVariant          *lsc_measure_choices_pack (const LscMeasureChoices *self);
LscMeasureChoices *lsc_measure_choices_unpack (GVariant *packed) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscMeasureChoices, lsc_measure_choices_free)

G_END_DECLS
