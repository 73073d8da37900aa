/* lsc-command-pipes.h: what commands print, read as it comes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread. A pipe for each stream of each task, so that nothing is mixed; one
 * epoll for all of them, because a main loop's own sources are dear for tasks of a
 * millisecond.
 */

#pragma once

#include <glib.h>

#include "lsc-output-store.h"

G_BEGIN_DECLS

typedef struct _LscCommandPipes LscCommandPipes;
typedef struct _LscCommandPipe  LscCommandPipe;

typedef void (*LscCommandPrinted) (gpointer      user_data,
                                   LscOutputKind kind,
                                   guint32       task,
                                   guint         worker,
                                   const char   *bytes,
                                   gsize         length);

/* Attaches to the thread-default context. NULL with errno. */
LscCommandPipes *lsc_command_pipes_new (LscCommandPrinted printed, gpointer user_data);
/* Closes all pipes. */
void lsc_command_pipes_free (LscCommandPipes *self);

/* A new one, with the end that the process writes into, which is the caller's. NULL with errno. */
LscCommandPipe *
lsc_command_pipes_add (LscCommandPipes *self, LscOutputKind kind, guint32 task, int *childs_end);
/* One that was never let go: closes it. */
void lsc_command_pipe_free (LscCommandPipe *pipe);
/* The process has begun, as this worker: what it prints is passed on, and kept for
 * lsc_command_pipe_get_text(). */
void lsc_command_pipes_watch (LscCommandPipes *self, LscCommandPipe *pipe, guint worker);
/* The process has ended: reads what it left there. */
void lsc_command_pipes_drain (LscCommandPipes *self, LscCommandPipe *pipe);
/* What is printed from now on, by others who still have the other end, is passed on as before,
 * for as long as there are not too many such. The pipe is no longer the caller's. */
void lsc_command_pipes_let_go (LscCommandPipes *self, LscCommandPipe *pipe);

/* The beginning of standard output, at most `max` bytes as said to lsc_command_pipe_set_max();
 * the end of standard error. Valid until the pipe is let go. */
const char *lsc_command_pipe_get_text (const LscCommandPipe *pipe, gsize *length);
/* How much there was in all. */
guint64 lsc_command_pipe_get_n_bytes (const LscCommandPipe *pipe);
void    lsc_command_pipe_set_max (LscCommandPipe *pipe, gsize max);

G_END_DECLS
