/* lsc-results.c: results as sentences, in the order of the inputs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-results.h"

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-command.h"
#include "lsc-input-source.h"
#include "lsc-number.h"
#include "lsc-units.h"

/* So many are told one by one. */
#define MAX_TOLD_PROBLEMS 20
#define MAX_NOTES         100
#define MAX_NOTE_CHARS    500

static gboolean
is_command (const LscResults *self)
{
  return lsc_workload_get_kind (self->workload) == LSC_WORKLOAD_COMMAND;
}

void
lsc_results_begin (LscResults *self, LscRecording *recording)
{
  LscTaskOutputOptions options = {
    .stdout_to = stderr,
    .out_of_turn = lsc_workload_is_endless (self->workload),
    .holds_last = lsc_workload_get_kind (self->workload) == LSC_WORKLOAD_BUILTIN,
  };

  if (is_command (self))
    options.stdout_to = self->as_json ? NULL : stdout;
  self->tasks = lsc_recording_get_tasks (recording);
  self->output = lsc_task_output_new (lsc_recording_get_output (recording), self->tasks, &options);
  if (is_command (self) && lsc_task_table_get_n (self->tasks) == 1 &&
      !lsc_input_source_varies (self->settings))
    {
      g_autoptr (LscCommandLine) line = lsc_command_parse (self->settings, NULL);

      self->name = line != NULL ? g_strdup (lsc_command_line_get_program (line)) : NULL;
    }
}

void
lsc_results_clear (LscResults *self)
{
  g_clear_pointer (&self->output, lsc_task_output_free);
  g_clear_pointer (&self->name, g_free);
}

static gboolean
is_final (LscTaskStatus status)
{
  return status != LSC_TASK_PENDING && status != LSC_TASK_RUNNING;
}

static void
print_problem (LscResults *self, const char *input, const LscTask *task, const char *output)
{
  g_autofree char *quoted = lsc_quote (self->name != NULL ? self->name : input, -1);
  g_autofree char *reason = NULL;

  if (self->n_problems++ >= MAX_TOLD_PROBLEMS)
    return;

  if (task->status == LSC_TASK_TIMED_OUT)
    reason = NULL;
  else if (task->signal > 0)
    reason = lsc_format_signal (task->signal);
  else if (is_command (self) && task->exit > 0)
    /* It has said itself why. */
    reason = g_strdup_printf (_ ("exit status %d"), task->exit);
  else if (output != NULL && *output != '\0')
    reason = lsc_make_printable (output, -1, 300);
  else if (task->exit >= 0)
    /* Translators: the status that a process ended with. */
    reason = g_strdup_printf (_ ("exit status %d"), task->exit);

  if (reason != NULL)
    /* Translators: an input; how its task ended ("Crashed"); why. */
    lsc_cli_note (_ ("%s: %s (%s)"), quoted, lsc_task_status_get_label (task->status), reason);
  else
    lsc_cli_note (_ ("%s: %s"), quoted, lsc_task_status_get_label (task->status));
}

static void
print_task (LscResults *self, guint index, const LscTask *task)
{
  const char      *input = lsc_task_table_get_input (self->tasks, index);
  const char      *output = lsc_task_table_get_output (self->tasks, index);
  g_autofree char *sentence = NULL;

  if (task->status == LSC_TASK_DONE && !is_command (self))
    sentence = lsc_workload_describe_result (self->workload, self->settings, input,
                                             output != NULL ? output : "");
  lsc_task_output_end_turn (self->output, sentence);

  if (self->as_json)
    return;

  switch (task->status)
    {
    case LSC_TASK_DONE:
      if (sentence != NULL)
        puts (sentence);
      break;
    case LSC_TASK_FAILED:
    case LSC_TASK_CRASHED:
    case LSC_TASK_TIMED_OUT:
      print_problem (self, input, task, output);
      break;
    case LSC_TASK_PENDING:
    case LSC_TASK_RUNNING:
    case LSC_TASK_STOPPED:
    default:
      /* The closing line counts them. */
      break;
    }
}

gboolean
lsc_results_has_next (LscResults *self)
{
  LscTask task;

  if (self->tasks == NULL || self->n_printed >= lsc_task_table_get_n (self->tasks))
    return FALSE;
  lsc_task_table_get (self->tasks, self->n_printed, &task);
  return is_final (task.status) || lsc_task_output_has_more (self->output);
}

static void
note_missed (LscResults *self)
{
  guint64          n = lsc_task_output_get_n_missed (self->output);
  g_autofree char *count = lsc_format_count (n);

  if (n > 0)
    /* Translators: %s is a number, of lines that tasks have printed. */
    lsc_cli_note (g_dngettext (GETTEXT_PACKAGE,
                               "%s line is missing above: there were too many to be kept until it "
                               "was their turn. --output-folder keeps all of them.",
                               "%s lines are missing above: there were too many to be kept until "
                               "it was their turn. --output-folder keeps all of them.",
                               (gulong)n),
                  count);
}

void
lsc_results_print (LscResults *self, gboolean end)
{
  if (self->tasks == NULL)
    return;

  for (; self->n_printed < lsc_task_table_get_n (self->tasks) && !ferror (stdout);
       self->n_printed++)
    {
      LscTask task;

      lsc_task_table_get (self->tasks, self->n_printed, &task);
      /* A task that has ended has no more to say: all of it is there before its end is. */
      lsc_task_output_set_turn (self->output, self->n_printed);
      lsc_task_output_follow (self->output, self->n_printed);
      if (!is_final (task.status) && !end)
        return;
      print_task (self, self->n_printed, &task);
    }
  if (end)
    note_missed (self);

  if (end && self->n_problems > MAX_TOLD_PROBLEMS)
    {
      guint n = self->n_problems - MAX_TOLD_PROBLEMS;

      lsc_cli_note (g_dngettext (GETTEXT_PACKAGE,
                                 "And %u task more that did not end well: --json names it.",
                                 "And %u tasks more that did not end well: --json names them.", n),
                    n);
      self->n_problems = 0;
    }
}

void
lsc_results_print_notes (LscRecording *recording)
{
  LscOutputStore *output = lsc_recording_get_output (recording);
  LscOutputLine   line;
  guint           n_printed = 0;

  for (guint64 i = 0; output != NULL && lsc_output_store_get_next (output, i, &line);
       i = line.number + 1)
    {
      if (line.kind == LSC_OUTPUT_NOTE)
        {
          g_autofree char *text = lsc_make_printable (line.text, -1, MAX_NOTE_CHARS);

          lsc_cli_note ("%s", text);
          n_printed++;
        }
      lsc_output_line_clear (&line);
      if (n_printed == MAX_NOTES)
        {
          lsc_cli_note (_ ("There is more; a saved recording (--save) holds all of it."));
          return;
        }
    }
}

static void
append_count (GString *line, LscTaskTable *tasks, LscTaskStatus status, const char *how)
{
  guint            n = lsc_task_table_get_n_with_status (tasks, status);
  g_autofree char *count = lsc_format_count (n);

  if (n > 0)
    g_string_append_printf (line, ", %s %s", count, how);
}

char *
lsc_results_dup_closing_line (LscRecording *recording)
{
  LscTaskTable    *tasks = lsc_recording_get_tasks (recording);
  GString         *line;
  gint64           wall_ns = MAX (lsc_recording_get_wall_ns (recording), 0);
  double           mean_running = lsc_recording_get_mean_running (recording, wall_ns);
  g_autofree char *wall = lsc_format_duration (wall_ns);
  guint            n = lsc_task_table_get_n (tasks);
  guint            n_done = lsc_task_table_get_n_with_status (tasks, LSC_TASK_DONE);
  g_autofree char *n_text = lsc_format_count (n);
  g_autofree char *n_done_text = lsc_format_count (n_done);

  line = g_string_new (NULL);
  if (n_done == n)
    g_string_append_printf (line, g_dngettext (GETTEXT_PACKAGE, "%s task done", "%s tasks done", n),
                            n_text);
  else
    /* Translators: "5 of 6 tasks done". */
    g_string_append_printf (
        line, g_dngettext (GETTEXT_PACKAGE, "%s of %s task done", "%s of %s tasks done", n),
        n_done_text, n_text);

  /* Translators: follows "6 tasks done": the time that it took. */
  g_string_append_printf (line, _ (" in %s"), wall);
  /* Translators: behind a number of tasks, in a list. */
  append_count (line, tasks, LSC_TASK_FAILED, _ ("failed"));
  append_count (line, tasks, LSC_TASK_CRASHED, _ ("crashed"));
  append_count (line, tasks, LSC_TASK_TIMED_OUT, _ ("took too long"));
  append_count (line, tasks, LSC_TASK_STOPPED, _ ("stopped"));
  if (mean_running >= 0.0)
    /* Translators: at the end of the list: how many cores were busy on average. */
    g_string_append_printf (line, _ (", %.2f cores in use"), mean_running);
  g_string_append_c (line, '.');
  return g_string_free (line, FALSE);
}
