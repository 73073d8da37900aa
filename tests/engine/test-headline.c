/* test-headline.c: the answer in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-headline.h"

#define S LSC_EXECUTOR_SEQUENTIAL
#define A LSC_EXECUTOR_ASYNC
#define T LSC_EXECUTOR_THREADS
#define P LSC_EXECUTOR_PROCESSES

#define MS G_GINT64_CONSTANT (1000000)

typedef struct
{
  const char   *title;
  const char   *detail;
  guint         n;
  LscRunFigures figures[3];
} Case;

#define DONE(kind, workers, ms)                          \
  {                                                      \
    kind, workers, LSC_RUN_FINISHED, 48, 48, (ms)*MS, -1 \
  }
#define FAILING(kind, workers, ms, n_done)                   \
  {                                                          \
    kind, workers, LSC_RUN_FINISHED, 48, n_done, (ms)*MS, -1 \
  }
#define IN_STATE(kind, workers, state, ms)    \
  {                                           \
    kind, workers, state, 48, 10, (ms)*MS, -1 \
  }
#define NOT_RUN(kind, workers)                       \
  {                                                  \
    kind, workers, LSC_RUN_FAILED, 48, 0, 5 * MS, -1 \
  }

/* Of Python's: cores in use, and whether its lock is on. */
#define PYTHON(kind, workers, ms, running, lock)                    \
  {                                                                 \
    kind, workers, LSC_RUN_FINISHED, 48, 48, (ms)*MS, running, lock \
  }
#define RUNNING_CORES(kind, workers, ms, running) \
  PYTHON (kind, workers, ms, running, LSC_RUN_LOCK_UNKNOWN)
#define LOADED(kind, workers, ms)                                                              \
  {                                                                                            \
    kind, workers, LSC_RUN_FINISHED, 48, 48, (ms)*MS, 0.98, LSC_RUN_LOCK_ON, .is_loaded = TRUE \
  }
#define LOADED_COMPARED \
  "Other programs kept the machine busy: how the modes compare can’t be told from this."
#define WAIT_WHY "Why? While one task waits, async goes on with another. "
#define LOCK_WHY "Why? The interpreter’s lock (GIL) lets one thread compute at a time. "
#define FREE_WHY \
  "Why? This Python runs without its lock (GIL): its threads compute at the same time. "

#define ONCE "Each mode ran once; a few percent either way may be chance."

/* On a machine with 4 cores. */
static const Case cases[] = {
  { NULL, NULL, 0, { { 0 } } },
  { NULL, NULL, 1, { IN_STATE (S, 1, LSC_RUN_READY, 0) } },
  { "Sequential: 3.10 s.", NULL, 1, { DONE (S, 1, 3100) } },
  { "Threads: 1.62 s with 2 workers.", NULL, 1, { DONE (T, 2, 1620) } },
  { "Threads: 1.62 s with 1 worker.", NULL, 1, { DONE (T, 1, 1620) } },
  { "Threads: 1.62 s with 9 workers.", "9 workers share 4 cores.", 1, { DONE (T, 9, 1620) } },
  { "Threads: 1.62 s with 9 workers.",
    "9 workers share 4 cores.",
    1,
    { RUNNING_CORES (T, 9, 1620, 3.4) } },
  /* They wait: nobody has to share. */
  { "Threads: 1.62 s with 9 workers.", NULL, 1, { RUNNING_CORES (T, 9, 1620, 0.3) } },
  /* They take turns with a lock: there are cores to spare. */
  { "Threads: 1.62 s with 9 workers.", NULL, 1, { RUNNING_CORES (T, 9, 1620, 2.02) } },

  { "Processes: 1.90× faster than in sequence. Threads: 1.80× faster.",
    ONCE,
    3,
    { DONE (S, 1, 3800), DONE (T, 2, 2111), DONE (P, 2, 2000) } },
  { "Threads: 1.80× faster than in sequence. Processes: about the same.",
    ONCE,
    3,
    { DONE (S, 1, 1800), DONE (T, 2, 1000), DONE (P, 2, 1780) } },
  { "Threads: about the same as in sequence. Processes: 1.30× slower.",
    ONCE,
    3,
    { DONE (S, 1, 1000), DONE (T, 2, 1030), DONE (P, 2, 1300) } },
  { "Sequential is fastest. Threads: 1.30× slower. Processes: 2.0× slower.",
    ONCE,
    3,
    { DONE (S, 1, 1000), DONE (T, 2, 1300), DONE (P, 2, 2000) } },
  { "Threads: 2.0× faster than in sequence. Processes: 2.0× slower.",
    ONCE,
    3,
    { DONE (S, 1, 1000), DONE (T, 2, 500), DONE (P, 2, 2000) } },
  { "Processes: 2.0× faster than threads.", ONCE, 2, { DONE (T, 2, 1000), DONE (P, 2, 500) } },
  { "Threads: about the same as processes.", ONCE, 2, { DONE (P, 2, 1000), DONE (T, 2, 1040) } },

  /* On one thread, which is what is remarkable about it. */
  { "Async: 3.2× faster than in sequence, on one thread. Threads: 2.0× faster.",
    ONCE,
    3,
    { DONE (S, 1, 3200), DONE (A, 1, 1000), DONE (T, 2, 1600) } },
  { "Threads: 4.0× faster than in sequence. Async: 2.0× faster, on one thread.",
    ONCE,
    3,
    { DONE (S, 1, 4000), DONE (A, 1, 2000), DONE (T, 4, 1000) } },
  /* Why, where the cores in use say that there was something to wait for. */
  { "Async: 3.2× faster than in sequence, on one thread. Threads: 2.0× faster.",
    WAIT_WHY ONCE,
    3,
    { RUNNING_CORES (S, 1, 3200, 0.12), RUNNING_CORES (A, 1, 1000, 0.4),
      RUNNING_CORES (T, 2, 1600, 0.2) } },
  { "Async: 1.20× faster than in sequence, on one thread.",
    ONCE,
    2,
    { RUNNING_CORES (S, 1, 1200, 0.97), RUNNING_CORES (A, 1, 1000, 0.98) } },
  { "Async: about the same as in sequence.",
    ONCE,
    2,
    { RUNNING_CORES (S, 1, 1000, 0.12), RUNNING_CORES (A, 1, 1000, 0.12) } },
  { "Async: 920 ms.", NULL, 1, { DONE (A, 1, 920) } },
  { "Async is fastest. Threads: 2.0× slower.", ONCE, 2, { DONE (A, 1, 1000), DONE (T, 2, 2000) } },
  { "Processes: 2.0× faster than async. Threads: about the same.",
    ONCE,
    3,
    { DONE (A, 1, 2000), DONE (T, 2, 2010), DONE (P, 2, 1000) } },
  { "Sequential took 3.20 s. Async is running …",
    NULL,
    2,
    { DONE (S, 1, 3200), IN_STATE (A, 1, LSC_RUN_RUNNING, 400) } },
  { "Async took 920 ms. Threads are running …",
    NULL,
    2,
    { DONE (A, 1, 920), IN_STATE (T, 2, LSC_RUN_RUNNING, 400) } },

  /* Only where the interpreter says that it has a lock, and the cores in use agree. */
  { "Processes: 1.90× faster than in sequence. Threads: about the same.",
    LOCK_WHY ONCE,
    3,
    { PYTHON (S, 1, 3800, 0.98, LSC_RUN_LOCK_ON), PYTHON (T, 4, 3700, 1.02, LSC_RUN_LOCK_ON),
      PYTHON (P, 4, 2000, 1.9, LSC_RUN_LOCK_ON) } },
  { "Processes: 1.90× faster than in sequence. Threads: 1.13× slower.",
    LOCK_WHY ONCE,
    3,
    { PYTHON (S, 1, 3800, 1.0, LSC_RUN_LOCK_ON), PYTHON (T, 4, 4300, 0.96, LSC_RUN_LOCK_ON),
      PYTHON (P, 4, 2000, 1.9, LSC_RUN_LOCK_ON) } },
  { "Threads: about the same as in sequence.",
    ONCE,
    2,
    { PYTHON (S, 1, 3800, 0.98, LSC_RUN_LOCK_ON), PYTHON (T, 4, 3700, 1.9, LSC_RUN_LOCK_ON) } },
  { "Threads: about the same as in sequence.",
    ONCE,
    2,
    { PYTHON (S, 1, 3800, 0.2, LSC_RUN_LOCK_ON), PYTHON (T, 4, 3700, 0.2, LSC_RUN_LOCK_ON) } },
  { "Threads: about the same as in sequence.",
    ONCE,
    2,
    { PYTHON (S, 1, 3800, 0.98, LSC_RUN_LOCK_UNKNOWN),
      PYTHON (T, 4, 3700, 1.02, LSC_RUN_LOCK_UNKNOWN) } },
  { "Threads: about the same as in sequence.",
    ONCE,
    2,
    { PYTHON (S, 1, 3800, 0.98, LSC_RUN_LOCK_ON), PYTHON (T, 1, 3700, 1.02, LSC_RUN_LOCK_ON) } },
  { "Threads: 3.8× faster than in sequence.",
    FREE_WHY ONCE,
    2,
    { PYTHON (S, 1, 3800, 0.98, LSC_RUN_LOCK_OFF), PYTHON (T, 4, 1000, 3.7, LSC_RUN_LOCK_OFF) } },

  /* 4.9 % is nothing, 5.1 % is something. */
  { "Threads: about the same as in sequence.",
    ONCE,
    2,
    { DONE (S, 1, 10490), DONE (T, 2, 10000) } },
  { "Threads: 1.05× faster than in sequence.",
    ONCE,
    2,
    { DONE (S, 1, 10510), DONE (T, 2, 10000) } },

  /* What others took away is no difference between modes. */
  { "Sequential took 3.80 s. Processes took 2.00 s. Threads took 3.70 s.",
    LOADED_COMPARED,
    3,
    { LOADED (S, 1, 3800), PYTHON (T, 4, 3700, 1.02, LSC_RUN_LOCK_ON), DONE (P, 2, 2000) } },
  { "Sequential took 3.80 s. Threads took 3.70 s.",
    LOADED_COMPARED,
    2,
    { PYTHON (S, 1, 3800, 0.98, LSC_RUN_LOCK_ON), LOADED (T, 4, 3700) } },
  { "Threads: 1.62 s with 9 workers.",
    "Other programs kept the machine busy: this time says little.",
    1,
    { LOADED (T, 9, 1620) } },

  /* Still going on. */
  { "Sequential is running …", NULL, 1, { IN_STATE (S, 1, LSC_RUN_RUNNING, 400) } },
  { "Sequential took 3.10 s. Threads are running …",
    NULL,
    2,
    { DONE (S, 1, 3100), IN_STATE (T, 2, LSC_RUN_RUNNING, 400) } },
  { "Threads: 2.0× faster than in sequence. Processes are running …",
    ONCE,
    3,
    { DONE (S, 1, 3000), DONE (T, 2, 1500), IN_STATE (P, 2, LSC_RUN_RUNNING, 400) } },

  /* What went wrong. */
  { "Threads: 1.62 s with 2 workers.", "3 of 48 tasks failed.", 1, { FAILING (T, 2, 1620, 45) } },
  { "Threads: 2.0× faster than in sequence.",
    "3 of 48 tasks failed. " ONCE,
    2,
    { FAILING (S, 1, 2000, 45), FAILING (T, 2, 1000, 45) } },
  { "Sequential: 2.00 s.",
    "Threads: 1 of 48 tasks failed.",
    2,
    { DONE (S, 1, 2000), FAILING (T, 2, 1000, 47) } },
  { "Sequential: 2.00 s.",
    "Threads: stopped after 900 ms.",
    2,
    { DONE (S, 1, 2000), IN_STATE (T, 2, LSC_RUN_STOPPED, 900) } },
  { "Sequential: stopped after 900 ms.", NULL, 1, { IN_STATE (S, 1, LSC_RUN_STOPPED, 900) } },
  { "Threads: could not be run.", NULL, 1, { NOT_RUN (T, 2) } },
  { "Threads: broke off after 900 ms.", NULL, 1, { IN_STATE (T, 2, LSC_RUN_FAILED, 900) } },
  { "Processes: 2.0× faster than in sequence.",
    "Threads: could not be run. " ONCE,
    3,
    { DONE (S, 1, 2000), NOT_RUN (T, 2), DONE (P, 2, 1000) } },
};

/* Figures and their units hang together by no-break spaces. */
static char *
with_plain_spaces (char *text)
{
  g_autoptr (GString) plain = g_string_new (text);

  if (text == NULL)
    return NULL;
  g_string_replace (plain, "\u00a0", " ", 0);
  g_free (text);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title =
          with_plain_spaces (lsc_headline_dup_title (cases[i].figures, cases[i].n));
      g_autofree char *detail =
          with_plain_spaces (lsc_headline_dup_detail (cases[i].figures, cases[i].n, 4));

      g_test_message ("case %u", i);
      g_assert_cmpstr (title, ==, cases[i].title);
      g_assert_cmpstr (detail, ==, cases[i].detail);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/headline/sentences", test_sentences);
  return g_test_run ();
}
