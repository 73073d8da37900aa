/* lsc-catalogue.c: all workloads: the built-in ones and the user's files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read when it is made, and again when the folder changes; a workload whose file did not change
 * stays the same object, also when its file went and came back.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-catalogue.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-builtins.h"
#include "lsc-number.h"
#include "lsc-workload-file.h"

/* Other programs write a file in several steps. */
#define SETTLE_MS 150

/* A file of the folder. */
typedef struct
{
  /* owned; one of both */
  LscWorkload *workload;
  GError      *problem;

  GStatBuf info;
} Entry;

struct _LscCatalogue
{
  GObject parent_instance;

  /* owned */
  char      *folder;
  GPtrArray *workloads;   /* LscWorkload: the built-ins, then the files' in the order of their
                             names */
  GPtrArray    *problems; /* GError */
  GHashTable   *entries;  /* file name -> Entry */
  GHashTable   *gone;     /* path -> LscWorkload: in case it comes back */
  GFileMonitor *monitor;

  guint n_builtins;
  guint settle_id;
};

enum
{
  SIGNAL_PROBLEMS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->monitor);
  g_ptr_array_unref (self->workloads);
  g_ptr_array_unref (self->problems);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->gone);
  g_free (self->folder);

  G_OBJECT_CLASS (lsc_catalogue_parent_class)->finalize (object);
}

static void
lsc_catalogue_class_init (LscCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_catalogue_finalize;

  signals[SIGNAL_PROBLEMS_CHANGED] =
      g_signal_new ("problems-changed", LSC_TYPE_CATALOGUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->workload);
  g_clear_error (&entry->problem);
  g_free (entry);
}

static GHashTable *
make_entries (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
}

static void
lsc_catalogue_init (LscCatalogue *self)
{
  self->workloads = g_ptr_array_new_with_free_func (g_object_unref);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  self->entries = make_entries ();
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
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

/* ---- reading the folder ------------------------------------------------------------------ */

static gboolean
is_same_file (const GStatBuf *a, const GStatBuf *b)
{
  return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
         a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static gboolean
says_the_same (LscWorkload *a, LscWorkload *b)
{
  return strcmp (lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (a)),
                 lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (b))) == 0;
}

/* The object that stands for it already, or stood for it before. */
static LscWorkload *
take_known (LscCatalogue *self, const Entry *old, LscWorkload *workload)
{
  LscWorkload *known = old != NULL ? old->workload : NULL;

  if (known == NULL)
    known = g_hash_table_lookup (self->gone, lsc_workload_get_path (workload));
  if (known == NULL || !says_the_same (known, workload))
    return workload;
  g_object_unref (workload);
  return g_object_ref (known);
}

static Entry *
read_entry (LscCatalogue *self, const char *name, const Entry *old)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  Entry           *entry = g_new0 (Entry, 1);

  if (g_stat (path, &entry->info) == 0 && old != NULL && is_same_file (&entry->info, &old->info))
    {
      entry->workload = old->workload != NULL ? g_object_ref (old->workload) : NULL;
      entry->problem = old->problem != NULL ? g_error_copy (old->problem) : NULL;
      return entry;
    }

  entry->workload = lsc_workload_file_load (path, &entry->problem);
  if (entry->workload != NULL && lsc_builtins_contain (lsc_workload_get_id (entry->workload)))
    {
      g_autofree char *shown_name = lsc_make_printable (name, -1, 200);

      entry->problem = g_error_new (
          LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
          _ ("%s: There is a built-in workload with this name. Give the file another one."),
          shown_name);
      g_clear_object (&entry->workload);
    }
  if (entry->workload != NULL)
    entry->workload = take_known (self, old, entry->workload);
  return entry;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The names of the files, in order; none with an error when the folder can't be read. */
static GPtrArray *
read_names (LscCatalogue *self, GError **problem)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, &error);
  const char *name;

  if (dir == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    *problem = g_error_new (LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                            _ ("The folder of workloads can’t be read: %s."), error->message);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, LSC_WORKLOAD_FILE_ENDING) && name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* ---- keeping in step --------------------------------------------------------------------- */

static void
splice (LscCatalogue *self, guint position, gboolean removes, LscWorkload *added)
{
  if (removes)
    {
      LscWorkload *old = g_ptr_array_index (self->workloads, position);

      g_hash_table_insert (self->gone, g_strdup (lsc_workload_get_path (old)), g_object_ref (old));
      g_ptr_array_remove_index (self->workloads, position);
    }
  if (added != NULL)
    {
      g_hash_table_remove (self->gone, lsc_workload_get_path (added));
      g_ptr_array_insert (self->workloads, (int)position, g_object_ref (added));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removes, added != NULL);
}

/* Only what changed is taken out and put in: both lists are in the order of the files' names. */
static void
show (LscCatalogue *self, GPtrArray *wanted)
{
  guint position = self->n_builtins;
  guint i = 0;

  while (position < self->workloads->len || i < wanted->len)
    {
      LscWorkload *old =
          position < self->workloads->len ? g_ptr_array_index (self->workloads, position) : NULL;
      LscWorkload *new = i < wanted->len ? g_ptr_array_index (wanted, i) : NULL;
      int order = old == NULL   ? 1
                  : new == NULL ? -1
                                : strcmp (lsc_workload_get_path (old), lsc_workload_get_path (new));

      if (order < 0)
        {
          splice (self, position, TRUE, NULL);
          continue;
        }
      if (old != new)
        splice (self, position, order == 0, new);
      position++;
      i++;
    }
}

static gboolean
are_same_problems (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (strcmp (((GError *)g_ptr_array_index (a, i))->message,
                ((GError *)g_ptr_array_index (b, i))->message) != 0)
      return FALSE;
  return TRUE;
}

static void
take_problems (LscCatalogue *self, GPtrArray *problems)
{
  gboolean is_same = are_same_problems (self->problems, problems);

  g_ptr_array_unref (self->problems);
  self->problems = problems;
  if (!is_same)
    g_signal_emit (self, signals[SIGNAL_PROBLEMS_CHANGED], 0);
}

void
lsc_catalogue_reload (LscCatalogue *self)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) old_entries = NULL;
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  GError    *problem = NULL;

  g_return_if_fail (LSC_IS_CATALOGUE (self));

  g_clear_handle_id (&self->settle_id, g_source_remove);
  names = read_names (self, &problem);
  if (problem != NULL)
    g_ptr_array_add (problems, problem);

  old_entries = g_steal_pointer (&self->entries);
  self->entries = make_entries ();
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      Entry      *entry = read_entry (self, name, g_hash_table_lookup (old_entries, name));

      g_hash_table_insert (self->entries, g_strdup (name), entry);
      if (entry->workload != NULL)
        g_ptr_array_add (wanted, g_object_ref (entry->workload));
      else
        g_ptr_array_add (problems, g_error_copy (entry->problem));
    }
  show (self, wanted);
  take_problems (self, problems);
}

static gboolean
settled_cb (gpointer user_data)
{
  LscCatalogue *self = user_data;

  self->settle_id = 0;
  lsc_catalogue_reload (self);
  return G_SOURCE_REMOVE;
}

static void
folder_changed_cb (LscCatalogue *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

void
lsc_catalogue_watch (LscCatalogue *self)
{
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LSC_IS_CATALOGUE (self));

  if (self->monitor != NULL)
    return;
  folder = g_file_new_for_path (self->folder);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    {
      /* What is done here is seen all the same. */
      g_debug ("The folder of workloads is not watched: %s", error->message);
      return;
    }
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* ---- all of them ------------------------------------------------------------------------- */

LscCatalogue *
lsc_catalogue_new (const char *folder)
{
  LscCatalogue *self = g_object_new (LSC_TYPE_CATALOGUE, NULL);

  for (guint i = 0; i < lsc_builtins_get_n (); i++)
    {
      const char *id = lsc_builtins_get_id (i);

      if (!lsc_builtins_is_template (id))
        g_ptr_array_add (self->workloads, lsc_builtin_workload_new (id));
    }
  self->n_builtins = self->workloads->len;
  self->folder = folder != NULL
                     ? g_strdup (folder)
                     : g_build_filename (g_get_user_data_dir (), "lanescope", "workloads", NULL);
  lsc_catalogue_reload (self);
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
  quoted = lsc_quote_path (id_or_path);
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
