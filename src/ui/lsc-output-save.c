/* lsc-output-save.c: asks for a file and saves the output there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; the file is written by a GTask.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-save.h"

#include <glib/gi18n-lib.h>

#include "lsc-output-text.h"
#include "lsc-save-dialog.h"

/* Goes with its dialog. */
typedef struct
{
  LscOutputStore *store;
  LscTaskTable   *tasks; /* nullable */
  LscOutputQuery  query;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->store);
  g_clear_object (&saving->tasks);
  lsc_output_query_clear (&saving->query);
  g_free (saving);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lsc_output_text_finish (result, &error);

  lsc_save_dialog_say (widget, _ ("Output saved"), _ ("The output was not saved"), error);
}

static void
save (GtkWidget *widget, GFile *file, gpointer data)
{
  const Saving *saving = data;

  lsc_output_text_async (NULL, saving->store, saving->tasks, &saving->query, file, NULL, saved_cb,
                         g_object_ref (widget));
}

void
lsc_output_save (GtkWidget            *widget,
                 LscOutputStore       *store,
                 LscTaskTable         *tasks,
                 const LscOutputQuery *query)
{
  Saving *saving = g_new0 (Saving, 1);

  g_return_if_fail (LSC_IS_OUTPUT_STORE (store));

  saving->store = g_object_ref (store);
  saving->tasks = tasks != NULL ? g_object_ref (tasks) : NULL;
  lsc_output_query_set (&saving->query, query);
  lsc_save_dialog_show (widget, _ ("Save output"),
                        /* Translators: a proposed file name */
                        _ ("output.txt"), save, saving, saving_free);
}
