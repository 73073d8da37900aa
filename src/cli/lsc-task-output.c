/* lsc-task-output.c: what commands print, passed on in the order of the inputs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-task-output.h"

#include <stdio.h>
#include <string.h>

/* Of all tasks together. */
#define MAX_WAITING_BYTES (64u << 20)

struct _LscTaskOutput
{
  LscOutputStore *store;
  guint64         next; /* line */
  GHashTable *waiting; /* task -> GString: a byte for the kind and the line, NUL, again and again */
  gsize       waiting_bytes;
  guint64     n_missed;
};

static void
free_text (gpointer data)
{
  g_string_free (data, TRUE);
}

LscTaskOutput *
lsc_task_output_new (LscOutputStore *store)
{
  LscTaskOutput *self = g_new0 (LscTaskOutput, 1);

  self->store = g_object_ref (store);
  self->waiting = g_hash_table_new_full (NULL, NULL, NULL, free_text);
  return self;
}

void
lsc_task_output_free (LscTaskOutput *self)
{
  g_object_unref (self->store);
  g_hash_table_unref (self->waiting);
  g_free (self);
}

gboolean
lsc_task_output_has_more (LscTaskOutput *self)
{
  return lsc_output_store_get_n_lines (self->store) > self->next;
}

static void
print_line (LscOutputKind kind, const char *text)
{
  if (kind == LSC_OUTPUT_STDOUT)
    puts (text);
  else
    fprintf (stderr, "%s\n", text);
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

void
lsc_task_output_follow (LscTaskOutput *self, guint turn)
{
  LscOutputLine line;

  while (!ferror (stdout) && lsc_output_store_get_next (self->store, self->next, &line))
    {
      /* What was cut before it was seen. */
      self->n_missed += line.number - self->next;
      self->next = line.number + 1;
      /* Notes come in the end. What a task's processes print after it has ended comes late. */
      if (line.kind != LSC_OUTPUT_NOTE && line.task <= turn)
        print_line (line.kind, line.text);
      else if (line.kind != LSC_OUTPUT_NOTE)
        let_wait (self, &line);
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
    print_line (*at == 'o' ? LSC_OUTPUT_STDOUT : LSC_OUTPUT_STDERR, at + 1);
  self->waiting_bytes -= text->len;
  g_hash_table_remove (self->waiting, GUINT_TO_POINTER (turn));
}

guint64
lsc_task_output_get_n_missed (LscTaskOutput *self)
{
  return self->n_missed;
}
