/* lsc-false-verdicts.c: how often two programs are called different, and are or are not.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Experiments of 20 rounds, with a program against itself and against one that takes 10 % longer
 * in whole, through lsc_stats_compare () as a report does. Every run is measured; nothing is
 * resampled. WAY is "direct" (a process is started and waited for, its turn in a round by chance)
 * or "profiler" (profiles, as users make them).
 *
 * Usage: lsc-false-verdicts WAY SPIN [EXPERIMENTS]
 * Prints a line for each pair: its name; how many were found faster, slower, the same and not yet
 * known; the second one's median over the first one's, of all runs; their median in ms.
 */

#include "config.h"

#include <locale.h>

#include "lsc-main-thread.h"
#include "lsc-profiled-programs.h"
#include "lsc-samples.h"
#include "lsc-shift.h"
#include "lsc-timed-program.h"

#define N_ROUNDS 20u
#define LOOP_NS  2e6
#define LONGER   0.10
/* About what the start of a process takes. */
#define START_NS   0.6e6
#define N_TRIED    300u
#define MOST_CELLS 4u

typedef void (*Measure) (const char *const *commands,
                         guint              n_commands,
                         guint              n_rounds,
                         guint64            seed,
                         double            *times);

typedef struct
{
  const char *name;
  guint       first; /* indices of commands */
  guint       second;
} Pair;

static void
measure_directly (const char *const *commands,
                  guint              n_commands,
                  guint              n_rounds,
                  guint64            seed,
                  double            *times)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)seed);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  guint order[MOST_CELLS];

  for (guint i = 0; i < n_commands; i++)
    {
      g_ptr_array_add (words, g_strsplit (commands[i], " ", -1));
      order[i] = i;
      lsc_time_program (g_ptr_array_index (words, i));
    }
  for (guint round = 0; round < n_rounds; round++)
    {
      for (guint i = n_commands - 1; i > 0; i--)
        {
          guint other = (guint)g_rand_int_range (random, 0, (gint)i + 1);
          guint kept = order[i];

          order[i] = order[other];
          order[other] = kept;
        }
      for (guint i = 0; i < n_commands; i++)
        times[order[i] * n_rounds + round] = lsc_time_program (g_ptr_array_index (words, order[i]));
    }
}

static double
find_median (const double *times, guint n)
{
  double median = 0.0;

  lsc_stats_quantile (times, n, 0.5, &median);
  return median;
}

/* ---- a set of programs: experiments, and what they say of each pair -------------------------- */

static void
count_verdicts (const Pair *pair, const double *times, guint n_commands, guint n_experiments)
{
  g_autofree double *first = g_new (double, n_experiments *N_ROUNDS);
  g_autofree double *second = g_new (double, n_experiments *N_ROUNDS);
  guint              counts[LSC_VERDICT_UNKNOWN + 1] = { 0 };
  double             median = 0.0;

  for (guint i = 0; i < n_experiments; i++)
    {
      const double      *experiment = &times[i * n_commands * N_ROUNDS];
      LscComparisonInput input = { &experiment[pair->first * N_ROUNDS], N_ROUNDS,
                                   &experiment[pair->second * N_ROUNDS], N_ROUNDS };
      LscVerdict         verdict;

      lsc_stats_compare (&input, 1, LSC_DEFAULT_BAND, LSC_DEFAULT_CONFIDENCE, &verdict);
      counts[verdict.kind]++;
      for (guint j = 0; j < N_ROUNDS; j++)
        {
          first[i * N_ROUNDS + j] = input.reference[j];
          second[i * N_ROUNDS + j] = input.values[j];
        }
    }
  median = find_median (first, n_experiments * N_ROUNDS);
  g_print ("%s %u %u %u %u %.4f %.3f\n", pair->name, counts[LSC_VERDICT_FASTER],
           counts[LSC_VERDICT_SLOWER], counts[LSC_VERDICT_SAME], counts[LSC_VERDICT_UNKNOWN],
           find_median (second, n_experiments * N_ROUNDS) / median, median / 1e6);
}

static void
run_experiments (Measure            measure,
                 const char *const *commands,
                 guint              n_commands,
                 const Pair        *pairs,
                 guint              n_pairs,
                 guint              n_experiments)
{
  gsize              n_times = (gsize)n_commands * N_ROUNDS;
  g_autofree double *times = g_new (double, n_times *n_experiments);

  for (guint i = 0; i < n_experiments; i++)
    measure (commands, n_commands, N_ROUNDS, i + 1, &times[i * n_times]);
  for (guint i = 0; i < n_pairs; i++)
    count_verdicts (&pairs[i], times, n_commands, n_experiments);
}

/* How much longer the program of the second command takes, as a share of the first. */
static double
try_out (Measure measure, const char *const *commands)
{
  double times[2 * N_TRIED];
  double ratio = 0.0;
  double low = 0.0;
  double high = 0.0;

  measure (commands, 2, N_TRIED, 1, times);
  lsc_stats_ratio (&times[N_TRIED], N_TRIED, times, N_TRIED, 0.95, &ratio, &low, &high);
  return ratio - 1.0;
}

/* The program that takes LONGER, in whole, than the one of `n_steps`: twice as long as planned for
 * a start, so that it shows, and then as much of that as it takes. */
static char *
make_longer (Measure measure, const char *spin, guint64 n_steps, double steps_of_a_second)
{
  g_autofree char *command = g_strdup_printf ("%s %" G_GUINT64_FORMAT, spin, n_steps);
  double           whole_ns = START_NS + (double)n_steps / steps_of_a_second * 1e9;
  guint64          more = (guint64)(2.0 * LONGER * whole_ns * steps_of_a_second / 1e9);
  g_autofree char *longer = g_strdup_printf ("%s %" G_GUINT64_FORMAT, spin, n_steps + more);
  double           found = try_out (measure, (const char *const[]){ command, longer });

  more = (guint64)((double)more * LONGER / CLAMP (found, 0.5 * LONGER, 8.0 * LONGER));
  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, spin, n_steps + more);
}

int
main (int argc, char **argv)
{
  static const Pair true_pairs[] = { { "true-itself", 0, 1 }, { "nothing-longer", 2, 3 } };
  static const Pair loop_pairs[] = { { "loop-itself", 0, 1 }, { "loop-longer", 0, 2 } };
  guint             n_experiments = argc > 3 ? (guint)g_ascii_strtoull (argv[3], NULL, 10) : 100;
  Measure           measure = NULL;
  double            steps_of_a_second = 0.0;
  guint64           n_steps = 0;
  g_autofree char  *nothing = NULL;
  g_autofree char  *longer_nothing = NULL;
  g_autofree char  *loop = NULL;
  g_autofree char  *longer_loop = NULL;

  setlocale (LC_ALL, "C");
  lsc_main_thread_init ();
  if (argc > 2 && n_experiments > 0)
    measure = g_str_equal (argv[1], "direct")     ? measure_directly
              : g_str_equal (argv[1], "profiler") ? lsc_profile_programs
                                                  : NULL;
  if (measure == NULL)
    {
      g_printerr ("usage: lsc-false-verdicts direct|profiler SPIN [EXPERIMENTS]\n");
      return 2;
    }

  steps_of_a_second = (double)lsc_calibrate_spin (argv[2], 1e9);
  n_steps = (guint64)(steps_of_a_second * LOOP_NS / 1e9);
  nothing = g_strdup_printf ("%s 0", argv[2]);
  longer_nothing = make_longer (measure, argv[2], 0, steps_of_a_second);
  loop = g_strdup_printf ("%s %" G_GUINT64_FORMAT, argv[2], n_steps);
  longer_loop = make_longer (measure, argv[2], n_steps, steps_of_a_second);

  run_experiments (measure,
                   (const char *const[]){ "/bin/true", "/bin/true", nothing, longer_nothing }, 4,
                   true_pairs, G_N_ELEMENTS (true_pairs), n_experiments);
  run_experiments (measure, (const char *const[]){ loop, loop, longer_loop }, 3, loop_pairs,
                   G_N_ELEMENTS (loop_pairs), n_experiments);
  return 0;
}
