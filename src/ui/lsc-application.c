/* lsc-application.c: the program: its actions, its settings, its one window.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-application.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>

#include "lsc-main-thread.h"
#include "lsc-widget-style.h"
#include "lsc-window.h"

struct _LscApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LscApplication, lsc_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *keys[4];
} Accelerator;

static const Accelerator accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.run", { "F5", "<Control>Return", "<Control>KP_Enter" } },
  { "win.measure", { "<Control>m" } },
  { "win.stop", { "<Shift>F5", "<Control>period" } },
  { "win.open-recording", { "<Control>o" } },
  { "win.new-workload", { "<Control>n" } },
  { "win.focus-search", { "<Control>f" } },
  { "win.copy-picture", { "<Control><Shift>c" } },
  { "win.share-picture", { "<Control>s", "<Control>e" } },
  { "win.show-inspector", { "F9" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "win.projector", { "<Control><Shift>p" } },
  { "win.curves", { "<Control><Shift>m" } },
  { "win.page::timeline", { "<Control>1" } },
  { "win.page::measurements", { "<Control>2" } },
  { "win.page::output", { "<Control>3" } },
  { "win.page::results", { "<Control>4" } },
};

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *developers[] = { "The Lanescope authors", NULL };
  GtkWindow         *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  const char        *comments =
      _ ("See what your threads and processes really do, and how long it takes.");
  const char *authors = _ ("The Lanescope authors");
  /* Translators: your names, one a line; shown in the about window */
  const char *translators = _ ("translator-credits");

  adw_show_about_window (window, "application-name", _ ("Lanescope"), "application-icon",
                         LSC_APP_ID, "version", LSC_VERSION, "comments", comments, "developer-name",
                         authors, "developers", developers, "copyright", "© The Lanescope authors",
                         "license-type", GTK_LICENSE_GPL_3_0, "translator-credits", translators,
                         NULL);
}

/* Each window asks before its run is ended. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows =
      g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *link = windows; link != NULL; link = link->next)
    if (LSC_IS_WINDOW (link->data))
      gtk_window_close (GTK_WINDOW (link->data));
}

static const GActionEntry entries[] = {
  { .name = "about", .activate = about_cb },
  { .name = "quit", .activate = quit_cb },
};

static void
lsc_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  lsc_assert_main_thread ();

  if (window == NULL)
    window = GTK_WINDOW (lsc_window_new (GTK_APPLICATION (application)));
  if (LSC_IS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (window), "devel");
  gtk_window_present (window);
}

static void
lsc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  lsc_application_activate (application);
  for (int i = 0; i < n_files; i++)
    lsc_window_open_file (
        LSC_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application))), files[i]);
}

/* Here, not at startup: GTK would end the program there, and could not say what to do. */
static int
lsc_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("lanescope %s\n", LSC_VERSION);
      return EXIT_SUCCESS;
    }
  if (gtk_init_check ())
    return G_APPLICATION_CLASS (lsc_application_parent_class)
        ->handle_local_options (application, options);

  g_printerr ("lanescope: %s\n", _ ("There is no display to open a window on. In a terminal, "
                                    "lanescope-cli does the same; see “lanescope-cli --help”."));
  return EXIT_FAILURE;
}

/* Older platforms take such a file by its name, newer ones by what it asks for: the same in both is
 * to choose it here. */
static void
color_page (GtkCssProvider *provider)
{
  static const char *const files[LSC_N_THEME_VARIANTS] = {
    [LSC_THEME_LIGHT] = "page-light.css",
    [LSC_THEME_DARK] = "page-dark.css",
    [LSC_THEME_LIGHT_CONTRAST] = "page-light-contrast.css",
    [LSC_THEME_DARK_CONTRAST] = "page-dark-contrast.css",
  };
  g_autofree char *path =
      g_strconcat ("/io/github/lanescope/Lanescope/", files[lsc_widget_style_get_variant ()], NULL);

  gtk_css_provider_load_from_resource (provider, path);
}

static void
lsc_application_startup (GApplication *application)
{
  g_autoptr (GtkCssProvider) page = gtk_css_provider_new ();

  G_APPLICATION_CLASS (lsc_application_parent_class)->startup (application);

  color_page (page);
  lsc_widget_style_follow_theme (G_CALLBACK (color_page), page);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (page),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           accelerators[i].keys);
  gtk_window_set_default_icon_name (LSC_APP_ID);
}

static void
lsc_application_class_init (LscApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = lsc_application_activate;
  application_class->handle_local_options = lsc_application_handle_local_options;
  application_class->open = lsc_application_open;
  application_class->startup = lsc_application_startup;
}

static void
lsc_application_init (LscApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _ ("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self),
      _ ("See what your threads and processes really do, and how long it takes."));
  g_application_set_option_context_description (
      G_APPLICATION (self),
      _ ("A file is a recording, a profile, a Python file, a program or a workload."));
}

LscApplication *
lsc_application_new (void)
{
  return g_object_new (LSC_TYPE_APPLICATION, "application-id", LSC_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/lanescope/Lanescope", NULL);
}

/* A frame's surfaces come and go; giving their pages back to the kernel and
 * taking them again costs more than drawing them. */
void
lsc_application_keep_frame_memory (void)
{
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 1 << 30);
  mallopt (M_TOP_PAD, 64 << 20);
}
