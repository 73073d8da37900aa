/* test-watching.c: what is said of runs whose switches were not all seen.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "lsc-clock.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"
#include "lsc-watching.h"

#define EXACT  (LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES)
#define LOOKED (LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES)

typedef struct
{
  const char *name;
  guint       n;
  guint       watches[2]; /* the second one 1.5 s later */
  gint        refusals[2];
  const char *words; /* that are in it; NULL: nothing is said */
} Case;

static const Case cases[] = {
  { "nobody", 0, { 0 }, { 0 }, NULL },
  { "exact", 1, { EXACT }, { 0 }, NULL },
  { "asked-for", 1, { LOOKED }, { 0 }, NULL },
  /* The connector alone was refused: switches are seen without it. */
  { "no-connector", 1, { LSC_WATCH_SWITCHES | LSC_WATCH_SAMPLES }, { EPERM }, NULL },
  { "setting", 1, { LOOKED }, { EACCES }, "“sudo sysctl kernel.perf_event_paranoid=2”" },
  { "sandbox", 1, { LOOKED }, { EPERM }, "--allow=devel" },
  { "none", 1, { LOOKED }, { ENOSYS }, "there are no perf events here" },
  { "other", 1, { LOOKED }, { EMFILE }, "Too many open files" },
  { "failed",
    1,
    { 0 },
    { EMFILE },
    "not seen: watching them could not begin (Too many open files)" },
  { "budget", 2, { EXACT, LOOKED }, { 0 }, "until 1.50\u00a0s." },
  { "budget-alone",
    2,
    { LSC_WATCH_SWITCHES, 0 },
    { 0 },
    "from then on nothing of it was recorded" },
};

static void
test_case (gconstpointer data)
{
  const Case            *of = data;
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  g_autofree char *words = NULL;
  LscRecording    *recording;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  recording = lsc_recorder_get_recording (recorder);
  for (guint i = 0; i < of->n; i++)
    lsc_recorder_add_watch (recorder, i * 1500 * LSC_NS_PER_MS, of->watches[i], of->refusals[i], 0);
  lsc_recorder_finish (recorder, 2000 * LSC_NS_PER_MS);

  lsc_recording_begin_read (recording);
  words = lsc_watching_dup_limits (recording);
  lsc_recording_end_read (recording);
  if (of->words == NULL)
    g_assert_null (words);
  else
    {
      g_assert_nonnull (words);
      g_assert_nonnull (strstr (words, of->words));
    }
}

int
main (int argc, char **argv)
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/watching/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}
