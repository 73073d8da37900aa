/* lsc-command.c: the template of workloads that are commands: any program, a process a task.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is to set, and which inputs come of it. The engine starts the processes.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-command.h"

#include <glib/gi18n-lib.h>

#include "lsc-environment.h"
#include "lsc-input-source.h"
#include "lsc-outside.h"
#include "lsc-own-parameters.h"

struct _LscCommand
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscCommand, lsc_command, LSC_TYPE_WORKLOAD)

static const LscParameter parameters[] = {
  {
      .id = "command",
      .label = N_ ("Command"),
      .description = N_ ("The program and its arguments; {} stands for the input. An input that no "
                         "{} stands for becomes the last argument."),
      .type = LSC_PARAMETER_TEXT,
      .default_value = "",
  },
  LSC_INPUT_SOURCE_PARAMETERS (
      "repeat",
      N_ ("What the command is run with; each input is a task, with a process."),
      ""),
  LSC_OUTSIDE_PARAMETER (
      N_ ("The sandbox has Lanescope’s own programs and few others. On this computer a command "
          "finds your programs and files.")),
  {
      .id = "shell",
      .label = N_ ("Run in a shell"),
      .description = N_ ("The command is a script for sh, with pipes, variables and patterns. The "
                         "input is never executed, whatever is in it."),
      .type = LSC_PARAMETER_SWITCH,
      .default_value = "false",
      .advanced = TRUE,
  },
  LSC_OWN_PARAMETERS (N_ ("Where it is run; where Lanescope was started unless one is chosen."),
                      N_ ("A command that takes longer is ended; 0: it may take any time."),
                      N_ ("How often one that failed is run again.")),
};

static LscWorkloadKind
lsc_command_get_kind (LscWorkload *workload)
{
  return LSC_WORKLOAD_COMMAND;
}

static const LscParameter *
lsc_command_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static gboolean
lsc_command_supports (LscWorkload    *workload,
                      LscSettings    *settings,
                      LscExecutorKind kind,
                      const char    **why_not)
{
  switch (kind)
    {
    case LSC_EXECUTOR_THREADS:
      *why_not = _ ("A command is a process of its own: nobody else’s threads can run it.");
      return FALSE;
    case LSC_EXECUTOR_ASYNC:
      *why_not =
          _ ("A command is a process of its own: it takes no turns with others on a thread.");
      return FALSE;
    case LSC_EXECUTOR_SEQUENTIAL:
    case LSC_EXECUTOR_PROCESSES:
    case LSC_EXECUTOR_CLUSTER:
    default:
      return LSC_WORKLOAD_CLASS (lsc_command_parent_class)
          ->supports (workload, settings, kind, why_not);
    }
}

LscCommandLine *
lsc_command_parse (LscSettings *settings, GError **error)
{
  return lsc_command_line_new (lsc_settings_get (settings, "command"),
                               lsc_settings_get_boolean (settings, "shell"),
                               lsc_input_source_varies (settings), error);
}

static LscTextList *
lsc_command_make_inputs (LscWorkload *workload,
                         LscSettings *settings,
                         double       ns_per_unit,
                         GError     **error)
{
  g_autoptr (LscCommandLine) line = lsc_command_parse (settings, error);
  g_auto (GStrv) changes = NULL;

  /* What can't be run has no inputs either: this is where a page shows what is wrong. */
  if (line == NULL)
    return NULL;
  changes = lsc_environment_parse (lsc_settings_get (settings, "environment"), error);
  if (changes == NULL)
    return NULL;
  return lsc_input_source_make (workload, settings, error);
}

static char *
lsc_command_describe_result (LscWorkload *workload,
                             LscSettings *settings,
                             const char  *input,
                             const char  *output)
{
  return g_strdup (output);
}

/* What will be executed; what can't be understood, as it was typed. */
static char *
lsc_command_dup_code (LscWorkload *workload, LscSettings *settings)
{
  g_autoptr (LscCommandLine) line = lsc_command_parse (settings, NULL);

  return line != NULL ? lsc_command_line_dup_text (line)
                      : g_strdup (lsc_settings_get (settings, "command"));
}

static void
lsc_command_class_init (LscCommandClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_kind = lsc_command_get_kind;
  workload_class->get_parameters = lsc_command_get_parameters;
  workload_class->supports = lsc_command_supports;
  workload_class->make_inputs = lsc_command_make_inputs;
  workload_class->check_input = lsc_input_source_check_input;
  workload_class->describe_result = lsc_command_describe_result;
  workload_class->dup_code = lsc_command_dup_code;
}

static void
lsc_command_init (LscCommand *self)
{
}

LscWorkload *
lsc_command_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_COMMAND,
                       "id", "command",
                       "name", _ ("Command"),
                       "summary", _ ("Runs any program, a process for each input."),
                       "question", _ ("Does my program get done faster when several of it run at once?"),
                       "group", _ ("Mine"),
                       NULL);
  /* clang-format on */
}
