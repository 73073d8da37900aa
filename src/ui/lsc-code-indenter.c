/* lsc-code-indenter.c: where the next line of Python begins.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. GtkSourceView's own indenter only keeps the depth.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-code-indenter.h"

#include <string.h>

struct _LscCodeIndenter
{
  GObject parent_instance;
};

/* Nothing of the block can come after these. */
static const char *const last_words[] = { "return", "pass", "break", "continue", "raise" };

char *
lsc_code_indenter_dup_indent (const char *line, guint width)
{
  gsize            n_space = strspn (line, " \t");
  g_autofree char *text = g_strstrip (g_strdup (line));
  gsize            length = strlen (text);

  if (length > 0 && text[length - 1] == ':' && text[0] != '#')
    return g_strdup_printf ("%.*s%*s", (int)n_space, line, (int)width, "");
  for (guint i = 0; i < G_N_ELEMENTS (last_words); i++)
    {
      gsize word = strlen (last_words[i]);

      if (g_str_has_prefix (text, last_words[i]) &&
          (text[word] == '\0' || g_ascii_isspace (text[word])) && n_space >= width)
        return g_strndup (line, n_space - width);
    }
  return g_strndup (line, n_space);
}

static void
indent (GtkSourceIndenter *indenter, GtkSourceView *view, GtkTextIter *iter)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter      start = *iter;
  GtkTextIter      end;
  g_autofree char *line = NULL;
  g_autofree char *space = NULL;

  /* The line break is there already. */
  if (!gtk_text_iter_backward_line (&start))
    return;
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  line = gtk_text_iter_get_slice (&start, &end);
  space = lsc_code_indenter_dup_indent (line, (guint)gtk_source_view_get_indent_width (view));
  gtk_text_buffer_insert (buffer, iter, space, -1);
}

static gboolean
is_trigger (GtkSourceIndenter *indenter,
            GtkSourceView     *view,
            const GtkTextIter *location,
            GdkModifierType    state,
            guint              key)
{
  return (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 &&
         (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter);
}

static void
indenter_iface_init (GtkSourceIndenterInterface *iface)
{
  iface->is_trigger = is_trigger;
  iface->indent = indent;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LscCodeIndenter,
                               lsc_code_indenter,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_INDENTER,
                                                      indenter_iface_init))

static void
lsc_code_indenter_class_init (LscCodeIndenterClass *klass)
{
}

static void
lsc_code_indenter_init (LscCodeIndenter *self)
{
}

GtkSourceIndenter *
lsc_code_indenter_new (void)
{
  return g_object_new (LSC_TYPE_CODE_INDENTER, NULL);
}
