/* lsc-command-preview.c: the words that a command would be executed with, each for itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A word in a frame shows where it begins and ends, so that quotation marks can be
 * checked by looking.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-command-preview.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-command.h"
#include "lsc-number.h"
#include "lsc-outer-start.h"
#include "lsc-outside.h"
#include "lsc-sandbox.h"
#include "lsc-wrap-layout.h"

/* More words than anybody checks. */
#define MAX_WORDS      40
#define MAX_WORD_CHARS 60

struct _LscCommandPreview
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *title;
  GtkWidget *words;
  GtkWidget *warning;
};

G_DEFINE_FINAL_TYPE (LscCommandPreview, lsc_command_preview, GTK_TYPE_WIDGET)

static void
clear_words (LscCommandPreview *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->words)) != NULL)
    gtk_widget_unparent (child);
}

static void
add_word (LscCommandPreview *self, const char *text, gboolean is_word)
{
  GtkWidget *label = gtk_label_new (text);

  if (is_word)
    {
      gtk_widget_add_css_class (label, "monospace");
      gtk_widget_add_css_class (label, "word");
    }
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (self->words), label);
}

static void
show_words (LscCommandPreview *self, char **argv)
{
  g_autoptr (GString) spoken = g_string_new (NULL);

  clear_words (self);
  for (guint i = 0; argv[i] != NULL; i++)
    {
      g_autofree char *word = lsc_make_printable (argv[i], -1, MAX_WORD_CHARS);

      if (i == MAX_WORDS)
        {
          add_word (self, "…", FALSE);
          break;
        }
      add_word (self, word, TRUE);
      g_string_append_printf (spoken, "%s%s", i > 0 ? ", " : "", word);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->words), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken->str, -1);
}

/* Where it would be looked for. */
static gboolean
is_found (LscSettings *settings, const char *program)
{
  g_autofree char *found = NULL;
  g_autofree char *path = NULL;

  if (strchr (program, G_DIR_SEPARATOR) == NULL)
    {
      found = g_find_program_in_path (program);
      return found != NULL;
    }
  path = g_path_is_absolute (program)
             ? g_strdup (program)
             : g_build_filename (lsc_settings_get (settings, "folder"), program, NULL);
  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR);
}

static void
show_warning (LscCommandPreview *self, LscSettings *settings, LscCommandLine *line)
{
  const char      *program = lsc_command_line_get_program (line);
  g_autofree char *quoted = NULL;
  g_autofree char *warning = NULL;

  if (lsc_outside_is_chosen (settings))
    {
      g_autoptr (GError) error = NULL;

      /* What is there shows when it is started; whether it may be can be told. */
      if (!lsc_outer_start_check (&error))
        warning = g_strdup (error->message);
    }
  else if (program != NULL && !lsc_command_line_is_shell (line) && !is_found (settings, program))
    {
      quoted = lsc_quote (program, -1);
      if (lsc_sandbox_get () != NULL)
        warning = g_strdup_printf (_ ("There is no program %s in the sandbox."), quoted);
      else if (strchr (program, G_DIR_SEPARATOR) != NULL)
        warning = g_strdup_printf (_ ("There is no program %s."), quoted);
      else
        warning = g_strdup_printf (
            _ ("There is no program %s on this computer (in the folders of PATH)."), quoted);
    }
  gtk_label_set_label (GTK_LABEL (self->warning), warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning, warning != NULL);
}

void
lsc_command_preview_show (LscCommandPreview *self, LscSettings *settings, const char *input)
{
  g_autoptr (LscCommandLine) line = NULL;
  g_auto (GStrv) argv = NULL;

  g_return_if_fail (LSC_IS_COMMAND_PREVIEW (self));
  g_return_if_fail (LSC_IS_SETTINGS (settings));

  line = lsc_command_parse (settings, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), line != NULL);
  if (line == NULL)
    return;
  argv = lsc_command_line_make_argv (line, input != NULL ? input : LSC_COMMAND_PLACEHOLDER);
  gtk_label_set_label (GTK_LABEL (self->title),
                       input != NULL ? _ ("Executed for the first input") : _ ("Executed"));
  show_words (self, argv);
  show_warning (self, settings, line);
}

/* ---- the widget --------------------------------------------------------------- */

static void
lsc_command_preview_dispose (GObject *object)
{
  LscCommandPreview *self = LSC_COMMAND_PREVIEW (object);

  if (self->words != NULL)
    clear_words (self);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  g_clear_pointer (&self->warning, gtk_widget_unparent);
  G_OBJECT_CLASS (lsc_command_preview_parent_class)->dispose (object);
}

static void
lsc_command_preview_class_init (LscCommandPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lsc_command_preview_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
lsc_command_preview_init (LscCommandPreview *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "caption");
  gtk_widget_add_css_class (self->title, "dim-label");
  self->words = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_set_layout_manager (
      self->words, g_object_new (LSC_TYPE_WRAP_LAYOUT, "spacing", 4, "line-spacing", 4, NULL));
  self->warning = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->warning), 0);
  gtk_label_set_wrap (GTK_LABEL (self->warning), TRUE);
  gtk_widget_add_css_class (self->warning, "warning");

  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  gtk_widget_set_parent (self->warning, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
