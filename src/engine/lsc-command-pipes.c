/* lsc-command-pipes.c: what commands print, read as it comes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process that outlives its command may hold its output open for ever: such pipes are
 * kept beside, up to a number, until they end.
 */

#define G_LOG_DOMAIN "lsc-command-pipes"

#include "config.h"

#include "lsc-command-pipes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "lsc-sources.h"

/* As much as a pipe holds: one read empties it. */
#define READ_BYTES   65536
#define MAX_EVENTS   64
#define MAX_LEFTOVER 64
/* The end of standard error. */
#define TAIL_BYTES 512

struct _LscCommandPipe
{
  GList         link; /* among the leftovers */
  int           fd;
  LscOutputKind kind;
  guint32       task;
  guint         worker;
  gboolean      is_leftover;
  gsize         max;
  guint64       n_bytes;
  GString      *text; /* NULL: nothing yet */
};

struct _LscCommandPipes
{
  int               epoll;
  GSource          *source;
  GQueue            leftovers;
  LscCommandPrinted printed;
  gpointer          user_data;
  char              buffer[READ_BYTES];
};

void
lsc_command_pipe_free (LscCommandPipe *pipe)
{
  lsc_fd_drop (&pipe->fd);
  if (pipe->text != NULL)
    g_string_free (pipe->text, TRUE);
  g_free (pipe);
}

/* ---- reading -------------------------------------------------------------------------- */

static void
keep (LscCommandPipe *pipe, const char *bytes, gsize length)
{
  pipe->n_bytes += length;
  if (pipe->text == NULL)
    pipe->text = g_string_new (NULL);

  if (pipe->kind == LSC_OUTPUT_STDERR)
    {
      g_string_append_len (pipe->text, bytes, (gssize)length);
      if (pipe->text->len > TAIL_BYTES)
        g_string_erase (pipe->text, 0, (gssize)(pipe->text->len - TAIL_BYTES));
    }
  else if (pipe->text->len < pipe->max)
    g_string_append_len (pipe->text, bytes, (gssize)MIN (length, pipe->max - pipe->text->len));
}

/* Reads once. > 0: bytes; 0: nobody has the other end any more; -1: nothing for the moment. */
static gssize
read_once (LscCommandPipes *self, LscCommandPipe *pipe)
{
  gssize n;

  do
    n = read (pipe->fd, self->buffer, sizeof self->buffer);
  while (n < 0 && errno == EINTR);
  if (n < 0 && errno != EAGAIN)
    return 0;
  if (n <= 0)
    return n;

  if (!pipe->is_leftover)
    keep (pipe, self->buffer, (gsize)n);
  self->printed (self->user_data, pipe->kind, pipe->task, pipe->worker, self->buffer, (gsize)n);
  return n;
}

static void
drop_leftover (LscCommandPipes *self, LscCommandPipe *pipe)
{
  g_queue_unlink (&self->leftovers, &pipe->link);
  lsc_command_pipe_free (pipe);
}

static gboolean
ready_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscCommandPipes   *self = user_data;
  struct epoll_event events[MAX_EVENTS];
  int                n = epoll_wait (self->epoll, events, MAX_EVENTS, 0);

  for (int i = 0; i < n; i++)
    {
      LscCommandPipe *pipe = events[i].data.ptr;

      if (read_once (self, pipe) != 0)
        continue;
      if (pipe->is_leftover)
        drop_leftover (self, pipe);
      else
        lsc_fd_drop (&pipe->fd);
    }
  return G_SOURCE_CONTINUE;
}

/* ---- pipes ----------------------------------------------------------------------------- */

LscCommandPipes *
lsc_command_pipes_new (LscCommandPrinted printed, gpointer user_data)
{
  LscCommandPipes *self;
  int              fd = epoll_create1 (EPOLL_CLOEXEC);

  if (fd < 0)
    return NULL;
  self = g_new (LscCommandPipes, 1);
  self->epoll = fd;
  self->printed = printed;
  self->user_data = user_data;
  g_queue_init (&self->leftovers);
  self->source =
      lsc_source_watch_fd (g_main_context_get_thread_default (), fd, G_IO_IN, ready_cb, self);
  return self;
}

void
lsc_command_pipes_free (LscCommandPipes *self)
{
  while (self->leftovers.head != NULL)
    drop_leftover (self, self->leftovers.head->data);
  lsc_source_drop (&self->source);
  lsc_fd_drop (&self->epoll);
  g_free (self);
}

LscCommandPipe *
lsc_command_pipes_add (LscCommandPipes *self, LscOutputKind kind, guint32 task, int *childs_end)
{
  LscCommandPipe *pipe;
  int             ends[2];

  if (pipe2 (ends, O_CLOEXEC) != 0)
    return NULL;
  /* Ours only: a program expects that writing waits. */
  if (fcntl (ends[0], F_SETFL, O_NONBLOCK) != 0)
    {
      close (ends[0]);
      close (ends[1]);
      return NULL;
    }
  pipe = g_new0 (LscCommandPipe, 1);
  pipe->link.data = pipe;
  pipe->fd = ends[0];
  pipe->kind = kind;
  pipe->task = task;
  *childs_end = ends[1];
  return pipe;
}

void
lsc_command_pipes_watch (LscCommandPipes *self, LscCommandPipe *pipe, guint worker)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = pipe };

  pipe->worker = worker;
  /* It can't be refused but for want of memory; what is there is then read in the end. */
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, pipe->fd, &event);
}

void
lsc_command_pipes_drain (LscCommandPipes *self, LscCommandPipe *pipe)
{
  /* What comes after this is others'. */
  if (pipe->fd >= 0 && read_once (self, pipe) == 0)
    lsc_fd_drop (&pipe->fd);
}

void
lsc_command_pipes_let_go (LscCommandPipes *self, LscCommandPipe *pipe)
{
  pipe->is_leftover = TRUE;
  if (pipe->fd < 0 || (pipe->n_bytes > 0 && read_once (self, pipe) == 0))
    {
      lsc_command_pipe_free (pipe);
      return;
    }
  g_queue_push_tail_link (&self->leftovers, &pipe->link);
  if (self->leftovers.length > MAX_LEFTOVER)
    drop_leftover (self, self->leftovers.head->data);
}

const char *
lsc_command_pipe_get_text (const LscCommandPipe *pipe, gsize *length)
{
  *length = pipe->text != NULL ? pipe->text->len : 0;
  return pipe->text != NULL ? pipe->text->str : "";
}

guint64
lsc_command_pipe_get_n_bytes (const LscCommandPipe *pipe)
{
  return pipe->n_bytes;
}

void
lsc_command_pipe_set_max (LscCommandPipe *pipe, gsize max)
{
  pipe->max = max;
}
