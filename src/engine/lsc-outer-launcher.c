/* lsc-outer-launcher.c: a launcher that runs outside the sandbox.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-outer-launcher"

#include "config.h"

#include "lsc-outer-launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <unistd.h>

#include "lsc-descriptors.h"
#include "lsc-outer-start.h"
#include "lsc-sandbox.h"
#include "lsc-sources.h"
#include "lsc-wire.h"

#define MAX_WORDS 400

struct _LscOuterLauncher
{
  LscOuterLauncherEvents events;
  gpointer               user_data;
  char                  *program;
  char                  *run_folder;
  GMainContext          *context;
  GCancellable          *cancellable;
  guint32                pid; /* outside; 0: it does not run */
  int                    words_fd;
  int                    count_fd; /* of the sweep */
  GSource               *count_source;
};

/* ---- how it is called ---------------------------------------------------------------------- */

/* The loader that this program names, which is the launcher's as well. */
static int
find_loader_cb (struct dl_phdr_info *info, size_t size, void *user_data)
{
  const char **loader = user_data;

  for (guint i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_INTERP)
      *loader = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
  /* The first is the program itself. */
  return 1;
}

static char *
dup_outer (const char *path)
{
  const LscSandbox *sandbox = lsc_sandbox_get ();
  char             *outer = sandbox != NULL ? lsc_sandbox_dup_outer_path (sandbox, path) : NULL;

  return outer != NULL ? outer : g_strdup (path);
}

static void
add_loader (GPtrArray *argv)
{
  const char      *loader = NULL;
  char             real[PATH_MAX];
  g_autofree char *folder = NULL;

  dl_iterate_phdr (find_loader_cb, &loader);
  if (loader == NULL || realpath (loader, real) == NULL)
    return;

  folder = g_path_get_dirname (real);
  g_ptr_array_add (argv, dup_outer (real));
  g_ptr_array_add (argv, g_strdup ("--library-path"));
  g_ptr_array_add (argv, dup_outer (folder));
}

/* How a program of Lanescope's is called outside: by itself when it is linked statically, else by
 * the runtime's own loader, for the other system may have another C library. Words follow, and a
 * NULL. */
G_GNUC_NULL_TERMINATED static GPtrArray *
make_argv (const char *program, ...)
{
  GPtrArray  *argv = g_ptr_array_new_with_free_func (g_free);
  const char *word;
  va_list     words;

  if (!LSC_LAUNCHER_IS_STATIC)
    add_loader (argv);
  g_ptr_array_add (argv, dup_outer (program));
  va_start (words, program);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (argv, g_strdup (word));
  va_end (words);
  g_ptr_array_add (argv, NULL);
  return argv;
}

/* ---- starting ------------------------------------------------------------------------------ */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LscOuterLauncher *self = user_data;
  g_autoptr (GError) error = NULL;

  lsc_outer_start_finish (result, &self->pid, &error);
  self->events.started (self->user_data, error);
}

LscOuterLauncher *
lsc_outer_launcher_new (const char                   *program,
                        const char                   *run_folder,
                        const char                   *segment,
                        int                           socket,
                        const LscOuterLauncherEvents *events,
                        gpointer                      user_data)
{
  LscOuterLauncher *self = g_new0 (LscOuterLauncher, 1);
  g_autofree char  *n_files = g_strdup_printf ("%" G_GUINT64_FORMAT, lsc_descriptors_get_usual ());
  g_autoptr (GPtrArray) argv = make_argv (program, "3", segment, run_folder, n_files, NULL);
  int words[2] = { -1, -1 };
  int fds[4];

  self->events = *events;
  self->user_data = user_data;
  self->program = g_strdup (program);
  self->run_folder = g_strdup (run_folder);
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  self->count_fd = -1;

  /* Without a pipe it goes unheard, that is all. */
  if (pipe2 (words, O_CLOEXEC) == 0)
    fcntl (words[0], F_SETFL, O_NONBLOCK);
  self->words_fd = words[0];
  fds[0] = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  fds[1] = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  fds[2] = words[1] >= 0 ? words[1] : open ("/dev/null", O_WRONLY | O_CLOEXEC);
  fds[3] = socket;
  lsc_outer_start_async (
      &(LscOuterStart){
          .argv = (const char *const *)argv->pdata,
          .variable = LSC_WIRE_RUN_VARIABLE,
          .value = run_folder,
          .fds = fds,
          .n_fds = G_N_ELEMENTS (fds),
      },
      self->cancellable, started_cb, self);
  return self;
}

void
lsc_outer_launcher_free (LscOuterLauncher *self)
{
  lsc_source_drop (&self->count_source);
  lsc_fd_drop (&self->words_fd);
  lsc_fd_drop (&self->count_fd);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->program);
  g_free (self->run_folder);
  g_free (self);
}

void
lsc_outer_launcher_kill (LscOuterLauncher *self)
{
  if (self->pid != 0)
    lsc_outer_start_kill (self->pid);
  else
    g_cancellable_cancel (self->cancellable);
}

char *
lsc_outer_launcher_dup_words (LscOuterLauncher *self)
{
  char             words[MAX_WORDS];
  g_autofree char *text = NULL;
  ssize_t          n = self->words_fd >= 0 ? read (self->words_fd, words, sizeof words) : 0;

  if (n <= 0)
    return NULL;
  text = g_utf8_make_valid (words, n);
  text[strcspn (text, "\n")] = '\0';
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* ---- sweeping ------------------------------------------------------------------------------ */

static void
end_sweep (LscOuterLauncher *self, int n_left)
{
  lsc_source_drop (&self->count_source);
  lsc_fd_drop (&self->count_fd);
  self->events.swept (self->user_data, n_left);
}

/* The number, then the end; only the end when it could not say. */
static gboolean
count_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscOuterLauncher *self = user_data;
  char              text[32] = "";
  ssize_t           n = read (fd, text, sizeof text - 1);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->count_source, g_source_unref);
  end_sweep (self, n > 0 && g_ascii_isdigit (text[0]) ? atoi (text) : -1);
  return G_SOURCE_REMOVE;
}

static void
sweep_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LscOuterLauncher *self = user_data;
  guint32           pid;

  if (!lsc_outer_start_finish (result, &pid, NULL))
    {
      end_sweep (self, -1);
      return;
    }
  self->count_source = lsc_source_watch_fd (self->context, self->count_fd,
                                            G_IO_IN | G_IO_HUP | G_IO_ERR, count_cb, self);
}

void
lsc_outer_launcher_sweep (LscOuterLauncher *self)
{
  g_autoptr (GPtrArray) argv = make_argv (self->program, "--end", self->run_folder, NULL);
  int ends[2] = { -1, -1 };
  int fds[3];

  if (pipe2 (ends, O_CLOEXEC) != 0)
    {
      end_sweep (self, -1);
      return;
    }
  fcntl (ends[0], F_SETFL, O_NONBLOCK);
  self->count_fd = ends[0];
  fds[0] = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  fds[1] = ends[1];
  fds[2] = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  lsc_outer_start_async (
      &(LscOuterStart){
          .argv = (const char *const *)argv->pdata,
          .fds = fds,
          .n_fds = G_N_ELEMENTS (fds),
      },
      NULL, sweep_started_cb, self);
}
