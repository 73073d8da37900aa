/* lsc-profile-figures.c: what hyperfine's files tell of each cell.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-figures.h"

#include <math.h>

/* NAN when one of them is unknown. */
static void
add_or_forget (double *sum, double value)
{
  *sum = value >= 0.0 ? *sum + value : NAN;
}

void
lsc_profile_get_figures (LscProfile *profile, guint cell, LscProfileFigures *figures)
{
  guint              n;
  const LscSample   *samples = lsc_profile_get_samples (profile, cell, &n);
  g_autofree double *walls = g_new (double, MAX (n, 1));
  guint              n_done = 0;

  figures->user_ns = 0.0;
  figures->system_ns = 0.0;
  for (guint i = 0; i < n; i++)
    if (samples[i].status == LSC_SAMPLE_DONE)
      {
        walls[n_done++] = samples[i].wall_ns;
        add_or_forget (&figures->user_ns, samples[i].user_ns);
        add_or_forget (&figures->system_ns, samples[i].system_ns);
      }

  figures->user_ns = n_done > 0 ? figures->user_ns / n_done : NAN;
  figures->system_ns = n_done > 0 ? figures->system_ns / n_done : NAN;
  if (!lsc_stats_summarize (walls, n_done, &figures->wall))
    figures->wall = (LscSummary){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
}

const char *
lsc_profile_parameter_get_name (LscProfileParameters parameter)
{
  switch (parameter)
    {
    case LSC_PROFILE_PARAMETER_WORKLOAD:
      return "workload";
    case LSC_PROFILE_PARAMETER_INPUT:
      return "input";
    case LSC_PROFILE_PARAMETER_EXECUTOR:
      return "executor";
    case LSC_PROFILE_PARAMETER_WORKERS:
      return "workers";
    default:
      g_return_val_if_reached ("");
    }
}

char *
lsc_profile_dup_parameter (const LscProfileCell *cell, LscProfileParameters parameter)
{
  switch (parameter)
    {
    case LSC_PROFILE_PARAMETER_WORKLOAD:
      return g_strdup (cell->workload_id != NULL ? cell->workload_id : "");
    case LSC_PROFILE_PARAMETER_INPUT:
      return g_strdup (cell->input != NULL ? cell->input : "");
    case LSC_PROFILE_PARAMETER_EXECUTOR:
      return g_strdup (lsc_executor_kind_get_nick (cell->executor));
    case LSC_PROFILE_PARAMETER_WORKERS:
      return g_strdup_printf ("%u", cell->n_workers);
    default:
      g_return_val_if_reached (NULL);
    }
}

LscProfileParameters
lsc_profile_find_parameters (LscProfile *profile)
{
  LscProfileParameters found = 0;

  for (guint i = 1; i < lsc_profile_get_n_cells (profile); i++)
    for (guint k = 0; k < LSC_N_PROFILE_PARAMETERS; k++)
      {
        LscProfileParameters parameter = 1u << k;
        g_autofree char     *first =
            lsc_profile_dup_parameter (lsc_profile_get_cell (profile, 0), parameter);
        g_autofree char *this_one =
            lsc_profile_dup_parameter (lsc_profile_get_cell (profile, i), parameter);

        if (!g_str_equal (first, this_one))
          found |= parameter;
      }
  return found;
}
