/* lsc-task-class.h: what a task is while it runs: a series of steps.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Used by the worker, on whichever of its threads runs the task. A task's data
 * is a block of `size` bytes that the worker owns and uses again for the next
 * task, so that an empty task costs no allocation.
 */

#pragma once

#include <glib.h>

#include "lsc-settings.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_STEP_DONE,  /* the task has ended (its result is set, or it failed) */
  LSC_STEP_AGAIN, /* call again; others may go first */
  LSC_STEP_WAIT,  /* call again when what the context's wait functions named has come */
} LscStep;

/* What a step may ask of the worker that runs it. Filled by the worker. */
typedef struct _LscTaskContext LscTaskContext;

struct _LscTaskContext
{
  void (*set_result) (LscTaskContext *context, const char *text, gssize length);
  void (*fail) (LscTaskContext *context, const char *reason); /* untranslated; copied */
  void (*print) (LscTaskContext *context, const char *text, gssize length);
  void (*wait_until) (LscTaskContext *context, gint64 time_ns);
  void (*wait_fd) (LscTaskContext *context, int fd, gboolean for_writing);
  /* A step inside the task, as a span of its own. `name` is a static string. */
  void (*begin_span) (LscTaskContext *context, const char *name, guint category);
  void (*end_span) (LscTaskContext *context);
  gboolean (*stop_requested) (LscTaskContext *context);
  gint64 (*get_now_ns) (LscTaskContext *context);
  /* How long what the task is there for took, once for each time that it was done. Of a task that
   * never says so the worker takes the whole. */
  void (*tell_call) (LscTaskContext *context, gint64 call_ns);
};

typedef struct
{
  gsize size; /* of the task's data, bytes; zeroed before init */

  /* Reads the input (`input` is NUL-terminated). Fails the task through the context
   * when it can't be used; step is not called then. May be NULL. */
  gboolean (*init) (gpointer        data,
                    LscTaskContext *context,
                    LscSettings    *settings,
                    const char     *input,
                    gsize           length);
  /* A step that computes returns AGAIN at least every 10 ms or so, so that a stop is seen. */
  LscStep (*step) (gpointer data, LscTaskContext *context);
  /* Frees what the data holds; also after a stop. May be NULL. */
  void (*clear) (gpointer data);

  /* Its step may say WAIT: then its lane tells waiting from working. */
  gboolean waits;
  /* It ends by itself when it is asked to stop: its step is called, sees the request and says
   * DONE. The others are ended between two steps. */
  gboolean sees_stop;
  /* It does not end before it is asked to: each task needs a worker of its own. */
  gboolean is_endless;
} LscTaskClass;

G_END_DECLS
