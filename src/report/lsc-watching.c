/* lsc-watching.c: how well it was seen what the threads of a run did, in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel refuses perf events with EACCES where its setting keeps them from ordinary users; a
 * filter of system calls does so with EPERM, mostly.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-watching.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "lsc-units.h"

static char *
dup_refusal (const LscWatch *watch)
{
  if ((watch->watches & LSC_WATCH_SAMPLES) == 0)
    return g_strdup_printf (
        /* Translators: %s is the system's word for what went wrong */
        _ ("What threads did was not seen: watching them could not begin (%s)."),
        g_strerror (watch->refusal));
  switch (watch->refusal)
    {
    case EACCES:
      /* Translators: what is in quotation marks is a command */
      return g_strdup (
          _ ("What threads did was looked at now and then (sampled): this system keeps "
             "perf events from ordinary users. With kernel.perf_event_paranoid at 2 or "
             "less every switch is seen: “sudo sysctl kernel.perf_event_paranoid=2”."));
    case EPERM:
      /* Translators: what is in quotation marks is a command */
      return g_strdup (_ ("What threads did was looked at now and then (sampled): a sandbox or a "
                          "container did not allow perf events, by which every switch is seen. In "
                          "Flatpak: “flatpak override --user --allow=devel "
                          "io.github.lanescope.Lanescope”."));
    case ENOSYS:
      return g_strdup (
          _ ("What threads did was looked at now and then (sampled): there are no perf "
             "events here, by which every switch is seen."));
    default:
      /* Translators: %s is the system's word for what went wrong */
      return g_strdup_printf (
          _ ("What threads did was looked at now and then (sampled): perf events, "
             "by which every switch is seen, could not be had (%s)."),
          g_strerror (watch->refusal));
    }
}

/* From a time on it cost too much. */
static char *
dup_budget (const LscWatch *watch)
{
  g_autofree char *time = lsc_format_duration (watch->time_ns);

  if ((watch->watches & LSC_WATCH_SAMPLES) != 0)
    /* Translators: %s is a time since the run began */
    return g_strdup_printf (
        _ ("Every switch was seen until %s. Threads were switched so often that "
           "watching would have slowed them down; from then on they were looked "
           "at now and then (sampled)."),
        time);
  /* Translators: %s is a time since the run began */
  return g_strdup_printf (_ ("Every switch was seen until %s. Threads were switched so often that "
                             "watching would have slowed them down; from then on nothing of it was "
                             "recorded."),
                          time);
}

char *
lsc_watching_dup_limits (LscRecording *recording)
{
  gboolean had_switches = FALSE;

  g_return_val_if_fail (LSC_IS_RECORDING (recording), NULL);

  for (guint i = 0; i < lsc_recording_get_n_watches (recording); i++)
    {
      LscWatch watch;

      lsc_recording_get_watch (recording, i, &watch);
      if (had_switches && (watch.watches & LSC_WATCH_SWITCHES) == 0)
        return dup_budget (&watch);
      if (watch.refusal != 0 && (watch.watches & LSC_WATCH_SWITCHES) == 0)
        return dup_refusal (&watch);
      had_switches |= (watch.watches & LSC_WATCH_SWITCHES) != 0;
    }
  return NULL;
}
