/* main.c: starts the window.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "lsc-application.h"
#include "lsc-installed.h"
#include "lsc-main-thread.h"

int
main (int argc, char *argv[])
{
  g_autofree char *locale_folder = lsc_installed_dup_path (LSC_LOCALE_DIR);
  g_autoptr (LscApplication) application = NULL;

  lsc_main_thread_init ();
  lsc_application_keep_frame_memory ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name (_ ("Lanescope"));
  application = lsc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
