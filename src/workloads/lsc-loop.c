/* lsc-loop.c: the built-in workload that goes on until it is told to stop.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nobody is killed: a flag is raised, and each loop sees it between two rounds.
 * The tasks run in the worker, on any of its threads.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-loop.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-loop-code.h"
#include "lsc-number.h"

#define MAX_LOOPS 512

struct _LscLoop
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscLoop, lsc_loop, LSC_TYPE_WORKLOAD)

static const LscParameter parameters[] = {
  {
      .id = "loops",
      .label = N_ ("Loops"),
      .description = N_ ("How many there are. Each keeps a worker busy until the end: those beyond "
                         "the number of workers never begin."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "3",
      .minimum = 1,
      .maximum = MAX_LOOPS,
  },
  {
      .id = "interval",
      .label = N_ ("Interval"),
      .description = N_ ("The time from one round to the next."),
      .type = LSC_PARAMETER_SECONDS,
      .unit = N_ ("s"),
      .default_value = "1",
      .minimum = G_GUINT64_CONSTANT (10000000),
      .maximum = G_GUINT64_CONSTANT (3600000000000),
  },
  {
      .id = "what",
      .label = N_ ("What to print"),
      .description = N_ ("The line that a loop prints in every round."),
      .type = LSC_PARAMETER_TEXT,
      .default_value = "do WORK",
      .minimum = 1,
  },
};

/* ---- a task ------------------------------------------------------------------------ */

#define CATEGORY_ROUND  2
#define CATEGORY_RETIRE 1

typedef struct
{
  char   *line;
  gint64  interval_ns;
  gint64  next_ns;
  guint64 n_rounds;
} Loop;

static gboolean
loop_init (gpointer        data,
           LscTaskContext *context,
           LscSettings    *settings,
           const char     *input,
           gsize           length)
{
  Loop *loop = data;

  loop->line = g_strconcat (lsc_settings_get (settings, "what"), "\n", NULL);
  loop->interval_ns = lsc_settings_get_ns (settings, "interval");
  loop->next_ns = context->get_now_ns (context);
  return TRUE;
}

static void
loop_clear (gpointer data)
{
  Loop *loop = data;

  g_clear_pointer (&loop->line, g_free);
}

/* shown */
/* Asked to stop: nobody ends it, it ends itself. */
static LscStep
retire (Loop *loop, LscTaskContext *context)
{
  char rounds[24];

  context->begin_span (context, "retire", CATEGORY_RETIRE);
  context->print (context, "retired\n", -1);
  context->end_span (context);
  g_snprintf (rounds, sizeof rounds, "%" G_GUINT64_FORMAT, loop->n_rounds);
  context->set_result (context, rounds, -1);
  return LSC_STEP_DONE;
}

/* One round. It is called again when the time has come, or when a stop is asked for. */
static LscStep
loop_step (gpointer data, LscTaskContext *context)
{
  Loop *loop = data;

  if (context->stop_requested (context))
    return retire (loop, context);

  context->begin_span (context, "round", CATEGORY_ROUND);
  context->print (context, loop->line, -1);
  loop->n_rounds++;
  context->end_span (context);

  loop->next_ns = MAX (loop->next_ns + loop->interval_ns, context->get_now_ns (context));
  context->wait_until (context, loop->next_ns);
  return LSC_STEP_WAIT;
}
/* not shown */

static const LscTaskClass loop_class = {
  .size = sizeof (Loop),
  .init = loop_init,
  .step = loop_step,
  .clear = loop_clear,
  .waits = TRUE,
  .sees_stop = TRUE,
  .is_endless = TRUE,
};

/* ---- the workload -------------------------------------------------------------------- */

static const LscParameter *
lsc_loop_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static gboolean
lsc_loop_supports (LscWorkload    *workload,
                   LscSettings    *settings,
                   LscExecutorKind kind,
                   const char    **why_not)
{
  if (kind == LSC_EXECUTOR_SEQUENTIAL)
    {
      *why_not = _ ("In sequence a loop begins when the one before has ended, and none ends by "
                    "itself.");
      return FALSE;
    }
  return LSC_WORKLOAD_CLASS (lsc_loop_parent_class)->supports (workload, settings, kind, why_not);
}

static LscTextList *
lsc_loop_make_inputs (LscWorkload *workload,
                      LscSettings *settings,
                      double       ns_per_unit,
                      GError     **error)
{
  LscTextList *inputs = lsc_text_list_new ();
  guint64      n = lsc_settings_get_integer (settings, "loops");

  for (guint64 i = 1; i <= n; i++)
    {
      char text[32];

      lsc_text_list_append (inputs, text,
                            g_snprintf (text, sizeof text, "loop %" G_GUINT64_FORMAT, i));
    }
  lsc_text_list_freeze (inputs);
  return inputs;
}

/* Its name, whatever it is. */
static gboolean
lsc_loop_check_input (LscWorkload *workload, const char *text, gsize length, GError **error)
{
  return TRUE;
}

static char *
lsc_loop_describe_result (LscWorkload *workload,
                          LscSettings *settings,
                          const char  *input,
                          const char  *output)
{
  guint64 n = 0;

  lsc_number_parse (output, strlen (output), &n);
  /* Translators: the name of a loop and how often it went round: "loop 2: retired after 5 rounds".
   */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: retired after %s round",
                                       "%s: retired after %s rounds", (gulong)n),
                          input, output);
}

static const LscTaskClass *
lsc_loop_get_task_class (LscWorkload *workload)
{
  return &loop_class;
}

static void
lsc_loop_class_init (LscLoopClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_loop_get_parameters;
  workload_class->supports = lsc_loop_supports;
  workload_class->make_inputs = lsc_loop_make_inputs;
  workload_class->check_input = lsc_loop_check_input;
  workload_class->describe_result = lsc_loop_describe_result;
  workload_class->get_task_class = lsc_loop_get_task_class;
}

static void
lsc_loop_init (LscLoop *self)
{
}

LscWorkload *
lsc_loop_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_LOOP,
                       "id", "loop",
                       "name", _ ("Loop until stopped"),
                       "summary", _ ("Each task prints a line every so many seconds until it is asked to stop. Then it says "
                                        "“retired” and ends, and its thread or process is joined. Stop ends the mode that is "
                                        "running and begins no other: choose one at a time."),
                       "question", _ ("How does a thread end when it is told to?"),
                       "group", _ ("Learn"),
                       "code", loop_code,
                       NULL);
  /* clang-format on */
}
