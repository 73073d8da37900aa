/* lsc-task-output.c: what tasks print, passed on in the order of the inputs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-task-output.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-record.h"

/* Of all tasks together. */
#define MAX_WAITING_BYTES (64u << 20)
#define MAX_LABEL_CHARS   60

struct _LscTaskOutput
{
  LscOutputStore      *store;
  LscTaskTable        *tasks; /* borrowed */
  LscTaskOutputOptions options;
  guint64              next; /* line */
  GHashTable *waiting; /* task -> GString: a byte for the kind and the line, NUL, again and again */
  gsize       waiting_bytes;
  char       *held; /* nullable */
  guint64     n_missed;
};

static void
free_text (gpointer data)
{
  g_string_free (data, TRUE);
}

LscTaskOutput *
lsc_task_output_new (LscOutputStore             *store,
                     LscTaskTable               *tasks,
                     const LscTaskOutputOptions *options)
{
  LscTaskOutput *self = g_new0 (LscTaskOutput, 1);

  self->store = g_object_ref (store);
  self->tasks = tasks;
  self->options = *options;
  self->waiting = g_hash_table_new_full (NULL, NULL, NULL, free_text);
  return self;
}

void
lsc_task_output_free (LscTaskOutput *self)
{
  g_object_unref (self->store);
  g_hash_table_unref (self->waiting);
  g_free (self->held);
  g_free (self);
}

gboolean
lsc_task_output_has_more (LscTaskOutput *self)
{
  return lsc_output_store_get_n_lines (self->store) > self->next;
}

static void
print_line (LscTaskOutput *self, LscOutputKind kind, const char *label, const char *text)
{
  FILE *stream = kind == LSC_OUTPUT_STDOUT ? self->options.stdout_to : stderr;

  if (stream == NULL)
    return;
  /* Both may be the same file or pipe: what came first stands first there. */
  if (stream != stdout)
    fflush (stdout);
  if (label != NULL)
    fprintf (stream, "%s: %s\n", label, text);
  else
    fprintf (stream, "%s\n", text);
}

static void
print_in_turn (LscTaskOutput *self, LscOutputKind kind, const char *text)
{
  lsc_task_output_end_turn (self, NULL);
  if (self->options.holds_last && kind == LSC_OUTPUT_STDOUT)
    self->held = g_strdup (text);
  else
    print_line (self, kind, NULL, text);
}

static void
print_of_worker (LscTaskOutput *self, const LscOutputLine *line)
{
  g_autofree char *label = NULL;

  if (line->worker > 0)
    /* Translators: stands before a line that a worker printed outside of its tasks. */
    label = g_strdup_printf (_ ("worker %u"), line->worker);
  print_line (self, LSC_OUTPUT_STDERR, label, line->text);
}

static void
print_with_input (LscTaskOutput *self, const LscOutputLine *line)
{
  g_autofree char *label =
      lsc_make_printable (lsc_task_table_get_input (self->tasks, line->task), -1, MAX_LABEL_CHARS);

  print_line (self, line->kind, label, line->text);
}

static void
let_wait (LscTaskOutput *self, const LscOutputLine *line)
{
  GString *text = g_hash_table_lookup (self->waiting, GUINT_TO_POINTER (line->task));
  gsize    size = strlen (line->text) + 2;

  if (self->waiting_bytes + size > MAX_WAITING_BYTES)
    {
      self->n_missed++;
      return;
    }
  if (text == NULL)
    {
      text = g_string_new (NULL);
      g_hash_table_insert (self->waiting, GUINT_TO_POINTER (line->task), text);
    }
  g_string_append_c (text, line->kind == LSC_OUTPUT_STDOUT ? 'o' : 'e');
  g_string_append_len (text, line->text, (gssize)size - 1);
  self->waiting_bytes += size;
}

static void
pass_on (LscTaskOutput *self, const LscOutputLine *line, guint turn)
{
  /* Notes come in the end. */
  if (line->kind == LSC_OUTPUT_NOTE)
    return;
  if (line->task == LSC_NO_TASK)
    print_of_worker (self, line);
  else if (self->options.out_of_turn)
    print_with_input (self, line);
  else if (line->task == turn)
    print_in_turn (self, line->kind, line->text);
  /* What a task's processes print after it has ended comes late. */
  else if (line->task < turn)
    print_line (self, line->kind, NULL, line->text);
  else
    let_wait (self, line);
}

void
lsc_task_output_follow (LscTaskOutput *self, guint turn)
{
  LscOutputLine line;

  while (!ferror (stdout) && lsc_output_store_get_next (self->store, self->next, &line))
    {
      /* What was cut before it was seen. */
      self->n_missed += line.number - self->next;
      self->next = line.number + 1;
      pass_on (self, &line, turn);
      lsc_output_line_clear (&line);
    }
}

void
lsc_task_output_set_turn (LscTaskOutput *self, guint turn)
{
  GString *text = g_hash_table_lookup (self->waiting, GUINT_TO_POINTER (turn));

  if (text == NULL)
    return;
  for (const char *at = text->str; at < text->str + text->len && !ferror (stdout);
       at += strlen (at) + 1)
    print_in_turn (self, *at == 'o' ? LSC_OUTPUT_STDOUT : LSC_OUTPUT_STDERR, at + 1);
  self->waiting_bytes -= text->len;
  g_hash_table_remove (self->waiting, GUINT_TO_POINTER (turn));
}

void
lsc_task_output_end_turn (LscTaskOutput *self, const char *result)
{
  if (self->held != NULL && g_strcmp0 (self->held, result) != 0)
    print_line (self, LSC_OUTPUT_STDOUT, NULL, self->held);
  g_clear_pointer (&self->held, g_free);
}

guint64
lsc_task_output_get_n_missed (LscTaskOutput *self)
{
  return self->n_missed;
}
