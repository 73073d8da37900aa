/* lsc-ramen.c: the built-in workload that cooks: work, waiting, work.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a cook does with the hands is real computing, for so much CPU time; what
 * the stove does is waiting. The tasks run in the worker, on any of its threads.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-ramen.h"

#include <string.h>
#include <time.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-ramen-code.h"

#define MAX_BOWLS 10000
#define MAX_NAME  64

struct _LscRamen
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscRamen, lsc_ramen, LSC_TYPE_WORKLOAD)

static const LscParameter parameters[] = {
  {
      .id = "bowls",
      .label = N_ ("Bowls"),
      .description = N_ ("How many are ordered, all at once. Each is a task."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "5",
      .minimum = 1,
      .maximum = MAX_BOWLS,
  },
  {
      .id = "speed",
      .label = N_ ("Speed of the kitchen"),
      /* xgettext:no-c-format */
      .description = N_ ("At 200 % everything, work and waiting, takes half as long."),
      .type = LSC_PARAMETER_INTEGER,
      .unit = N_ ("%"),
      .default_value = "100",
      .minimum = 10,
      .maximum = 10000,
  },
};

/* ---- a task ------------------------------------------------------------------------ */

/* At a speed of 100 %. */
#define WATER_MS 20
#define BOIL_MS  300
#define CHOP_MS  60
#define COOK_MS  250
#define SERVE_MS 20
#define BOWL_MS  (WATER_MS + BOIL_MS + CHOP_MS + COOK_MS + SERVE_MS)

/* Some 50 µs. */
#define CUTS 20000

enum
{
  WATER = 4,
  BOIL = 5,
  CHOP = 2,
  COOK = 1,
  SERVE = 3,
};

typedef struct
{
  guint   done; /* steps */
  guint64 speed;
  char    name[MAX_NAME + 1];
} Bowl;

static gboolean
ramen_init (gpointer        data,
            LscTaskContext *context,
            LscSettings    *settings,
            const char     *input,
            gsize           length)
{
  Bowl *bowl = data;

  if (length == 0 || length > MAX_NAME)
    {
      context->fail (context, "a bowl has a name of 1 to 64 bytes");
      return FALSE;
    }
  memcpy (bowl->name, input, length);
  bowl->speed = MAX (lsc_settings_get_integer (settings, "speed"), 1);
  return TRUE;
}

static gint64
scale (const Bowl *bowl, guint ms)
{
  return (gint64)(ms * G_GUINT64_CONSTANT (100000000) / bowl->speed);
}

static gint64
get_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
say (const Bowl *bowl, LscTaskContext *context, const char *what)
{
  char line[MAX_NAME + 64];

  g_snprintf (line, sizeof line, "%s: %s\n", bowl->name, what);
  context->print (context, line, -1);
}

/* shown */
/* The cook's hands: computing, until so much CPU time is used. A cook who chops
 * does nothing else, so nobody else gets the thread meanwhile. */
static void
work (Bowl *bowl, LscTaskContext *context, const char *what, guint category, guint ms)
{
  gint64           end_ns = get_cpu_ns () + scale (bowl, ms);
  volatile guint64 cut = 1;

  context->begin_span (context, what, category);
  while (get_cpu_ns () < end_ns && !context->stop_requested (context))
    for (guint i = 0; i < CUTS; i++)
      cut = cut * 6364136223846793005u + 1442695040888963407u;
  context->end_span (context);
}

/* The stove: nobody has to do anything. */
static LscStep
wait_for (Bowl *bowl, LscTaskContext *context, const char *what, guint category, guint ms)
{
  context->begin_span (context, what, category);
  context->wait_until (context, context->get_now_ns (context) + scale (bowl, ms));
  return LSC_STEP_WAIT;
}

static LscStep
ramen_step (gpointer data, LscTaskContext *context)
{
  Bowl *bowl = data;

  switch (bowl->done++)
    {
    case 0:
      work (bowl, context, "water on", WATER, WATER_MS);
      return wait_for (bowl, context, "boil", BOIL, BOIL_MS);

    case 1:
      context->end_span (context);
      say (bowl, context, "the water boils");
      work (bowl, context, "chop", CHOP, CHOP_MS);
      return wait_for (bowl, context, "cook", COOK, COOK_MS);

    default:
      context->end_span (context);
      work (bowl, context, "serve", SERVE, SERVE_MS);
      say (bowl, context, "served");
      context->set_result (context, "served", -1);
      return LSC_STEP_DONE;
    }
}
/* not shown */

static const LscTaskClass ramen_class = {
  .size = sizeof (Bowl),
  .init = ramen_init,
  .step = ramen_step,
  .waits = TRUE,
};

/* ---- the workload -------------------------------------------------------------------- */

static const LscParameter *
lsc_ramen_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static LscTextList *
lsc_ramen_make_inputs (LscWorkload *workload,
                       LscSettings *settings,
                       double       ns_per_unit,
                       GError     **error)
{
  LscTextList *inputs = lsc_text_list_new ();
  guint64      n = lsc_settings_get_integer (settings, "bowls");

  for (guint64 i = 1; i <= n; i++)
    {
      char text[32];

      lsc_text_list_append (inputs, text,
                            g_snprintf (text, sizeof text, "bowl %" G_GUINT64_FORMAT, i));
    }
  lsc_text_list_freeze (inputs);
  return inputs;
}

static gboolean
lsc_ramen_check_input (LscWorkload *workload, const char *text, gsize length, GError **error)
{
  g_autofree char *quoted = NULL;

  if (length <= MAX_NAME)
    return TRUE;

  quoted = lsc_quote (text, (gssize)length);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
               /* Translators: a text that was given as the name of a bowl of soup. */
               _ ("%s is too long for the name of a bowl: use at most %d bytes."), quoted,
               MAX_NAME);
  return FALSE;
}

static double
lsc_ramen_get_cost (LscWorkload *workload, LscSettings *settings, const char *input, gsize length)
{
  const Bowl bowl = { .speed = MAX (lsc_settings_get_integer (settings, "speed"), 1) };

  return (double)scale (&bowl, BOWL_MS);
}

/* The costs are times, the same on every machine. */
static double
lsc_ramen_get_ns_per_unit (LscWorkload *workload)
{
  return 1.0;
}

static const LscTaskClass *
lsc_ramen_get_task_class (LscWorkload *workload)
{
  return &ramen_class;
}

static void
lsc_ramen_class_init (LscRamenClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_ramen_get_parameters;
  workload_class->make_inputs = lsc_ramen_make_inputs;
  workload_class->check_input = lsc_ramen_check_input;
  workload_class->get_cost = lsc_ramen_get_cost;
  workload_class->get_ns_per_unit = lsc_ramen_get_ns_per_unit;
  workload_class->get_task_class = lsc_ramen_get_task_class;
}

static void
lsc_ramen_init (LscRamen *self)
{
}

LscWorkload *
lsc_ramen_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_RAMEN,
                       "id", "ramen",
                       "name", _ ("Ramen kitchen"),
                       "summary", _ ("Cooks bowls of soup: water on, wait for it to boil, chop, wait for it to cook, serve. In "
                                        "sequence the cook waits at the pot; async the same cook goes on with another bowl "
                                        "meanwhile; each thread or process is a cook more."),
                       "question", _ ("What can a cook do while the water boils?"),
                       "group", _ ("Learn"),
                       "code", ramen_code,
                       NULL);
  /* clang-format on */
}
