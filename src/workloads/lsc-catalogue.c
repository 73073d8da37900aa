/* lsc-catalogue.c: all workloads: the built-in ones and the user's files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read once, when it is made.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-catalogue.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-builtins.h"
#include "lsc-number.h"
#include "lsc-workload-file.h"

struct _LscCatalogue
{
  GObject parent_instance;

  /* owned */
  GPtrArray *workloads; /* LscWorkload */
  GPtrArray *problems;  /* GError */
};

static GType
lsc_catalogue_get_item_type (GListModel *model)
{
  return LSC_TYPE_WORKLOAD;
}

static guint
lsc_catalogue_get_n_items (GListModel *model)
{
  return LSC_CATALOGUE (model)->workloads->len;
}

static gpointer
lsc_catalogue_get_item (GListModel *model, guint position)
{
  LscCatalogue *self = LSC_CATALOGUE (model);

  return position < self->workloads->len
             ? g_object_ref (g_ptr_array_index (self->workloads, position))
             : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = lsc_catalogue_get_item_type;
  iface->get_n_items = lsc_catalogue_get_n_items;
  iface->get_item = lsc_catalogue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LscCatalogue,
                               lsc_catalogue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
lsc_catalogue_finalize (GObject *object)
{
  LscCatalogue *self = LSC_CATALOGUE (object);

  g_ptr_array_unref (self->workloads);
  g_ptr_array_unref (self->problems);

  G_OBJECT_CLASS (lsc_catalogue_parent_class)->finalize (object);
}

static void
lsc_catalogue_class_init (LscCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_catalogue_finalize;
}

static void
lsc_catalogue_init (LscCatalogue *self)
{
  self->workloads = g_ptr_array_new_with_free_func (g_object_unref);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
}

static LscWorkload *
find_by_id (LscCatalogue *self, const char *id)
{
  for (guint i = 0; i < self->workloads->len; i++)
    {
      LscWorkload *workload = g_ptr_array_index (self->workloads, i);

      if (strcmp (lsc_workload_get_id (workload), id) == 0)
        return workload;
    }
  return NULL;
}

static void
add_file (LscCatalogue *self, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError          *error = NULL;
  LscWorkload     *workload = lsc_workload_file_load (path, &error);

  if (workload != NULL && (find_by_id (self, lsc_workload_get_id (workload)) != NULL ||
                           lsc_builtins_is_template (lsc_workload_get_id (workload))))
    {
      g_autofree char *shown_name = lsc_make_printable (name, -1, 200);

      error = g_error_new (
          LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
          _ ("%s: There is a built-in workload with this name. Give the file another one."),
          shown_name);
      g_clear_object (&workload);
    }

  if (workload != NULL)
    g_ptr_array_add (self->workloads, workload);
  else
    g_ptr_array_add (self->problems, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_folder (LscCatalogue *self, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = NULL;
  const char *name;

  if (dir == NULL)
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_ptr_array_add (self->problems,
                         g_error_new (LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                                      _ ("The folder of workloads can’t be read: %s."),
                                      error->message));
      return;
    }

  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, LSC_WORKLOAD_FILE_ENDING) && name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    add_file (self, folder, g_ptr_array_index (names, i));
}

LscCatalogue *
lsc_catalogue_new (const char *folder)
{
  LscCatalogue    *self = g_object_new (LSC_TYPE_CATALOGUE, NULL);
  g_autofree char *user_folder = NULL;

  for (guint i = 0; i < lsc_builtins_get_n (); i++)
    {
      const char *id = lsc_builtins_get_id (i);

      if (!lsc_builtins_is_template (id))
        g_ptr_array_add (self->workloads, lsc_builtin_workload_new (id));
    }

  if (folder == NULL)
    folder = user_folder =
        g_build_filename (g_get_user_data_dir (), "lanescope", "workloads", NULL);
  add_folder (self, folder);
  return self;
}

LscWorkload *
lsc_catalogue_find (LscCatalogue *self, const char *id_or_path, GError **error)
{
  g_autoptr (GString) ids = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *file_name = NULL;
  LscWorkload     *workload;

  g_return_val_if_fail (LSC_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (id_or_path != NULL, NULL);

  workload = find_by_id (self, id_or_path);
  if (workload != NULL)
    return g_object_ref (workload);
  if (lsc_builtins_is_template (id_or_path))
    return lsc_builtin_workload_new (id_or_path);
  if (strchr (id_or_path, G_DIR_SEPARATOR) != NULL ||
      g_str_has_suffix (id_or_path, LSC_WORKLOAD_FILE_ENDING))
    return lsc_workload_file_load (id_or_path, error);

  /* Perhaps its file is broken: then that is what to say. */
  file_name = lsc_make_printable (id_or_path, -1, 200);
  for (guint i = 0; i < self->problems->len; i++)
    {
      const GError    *problem = g_ptr_array_index (self->problems, i);
      g_autofree char *start = g_strconcat (file_name, LSC_WORKLOAD_FILE_ENDING ": ", NULL);

      if (g_str_has_prefix (problem->message, start))
        {
          g_propagate_error (error, g_error_copy (problem));
          return NULL;
        }
    }

  ids = g_string_new (NULL);
  for (guint i = 0; i < self->workloads->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                            lsc_workload_get_id (g_ptr_array_index (self->workloads, i)));
  quoted = lsc_quote (id_or_path, -1);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_UNKNOWN,
               _ ("There is no workload %s. There are: %s."), quoted, ids->str);
  return NULL;
}

GPtrArray *
lsc_catalogue_get_problems (LscCatalogue *self)
{
  g_return_val_if_fail (LSC_IS_CATALOGUE (self), NULL);

  return self->problems;
}
