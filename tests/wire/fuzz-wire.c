/* fuzz-wire.c: frames from somebody who means no good.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is what comes out of a pipe. Whatever a getter accepts is put again
 * and has to give the same bytes: nothing was made up, nothing left over.
 */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lsc-wire.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (bool holds)
{
  if (!holds)
    abort ();
}

/* FALSE: not a frame that a worker or its engine would send. */
static bool
put_worker_frame (const LscWireFrame *frame, LscWireBuffer *again)
{
  LscWireSetup   setup;
  LscWireTask    task;
  LscWireResult  result;
  LscWireOutput  output;
  LscWireStarted started;
  const char    *text;
  uint32_t       length;

  if (lsc_wire_get_setup (frame, &setup))
    lsc_wire_put_setup (again, &setup);
  else if (lsc_wire_get_task (frame, &task))
    lsc_wire_put_task (again, &task);
  else if (lsc_wire_get_result (frame, &result))
    lsc_wire_put_result (again, &result);
  else if (lsc_wire_get_started (frame, &started))
    lsc_wire_put_started (again, &started);
  else if (lsc_wire_get_output (frame, &output))
    lsc_wire_put_output (again, &output);
  else if (lsc_wire_get_text (frame, &text, &length) && memchr (text, '\0', length) == NULL)
    {
      char *why = strndup (text, length);

      check (why != NULL);
      lsc_wire_put_refused (again, why);
      free (why);
    }
  else
    return false;
  return true;
}

static bool
put_launcher_frame (const LscWireFrame *frame, LscWireBuffer *again)
{
  LscWireSpawn   spawn;
  LscWireChild   child;
  LscWireObserve observe;
  LscWireScope   scope;
  uint32_t       id;
  int32_t        number;

  if (lsc_wire_get_spawn (frame, &spawn))
    {
      const char *word = spawn.argv;

      /* As the launcher takes the words apart. */
      for (uint32_t i = 0; i < spawn.n_argv; i++)
        word += strlen (word) + 1;
      check (word == spawn.argv + spawn.argv_length);
      lsc_wire_put_spawn (again, &spawn);
    }
  else if (lsc_wire_get_kill (frame, &id, &number, &scope))
    lsc_wire_put_kill (again, id, number, scope);
  else if (lsc_wire_get_number (frame, &id))
    lsc_wire_put_number (again, frame->type, id);
  else if (lsc_wire_get_observe (frame, &observe))
    lsc_wire_put_observe (again, &observe);
  else if (lsc_wire_get_child (frame, &child))
    lsc_wire_put_child (again, frame->type, &child);
  else if (lsc_wire_get_all_gone (frame, &id))
    lsc_wire_put_all_gone (again, id);
  else
    return false;
  return true;
}

/* Only read: a C worker has less to say. */
static void
check_ready (const LscWireFrame *frame)
{
  LscWireReady ready;

  if (!lsc_wire_get_ready (frame, &ready) || ready.interpreter_length == 0)
    return;
  check (ready.interpreter_length + 5 == frame->length);
  check (memcmp (ready.interpreter, frame->body + 5, ready.interpreter_length) == 0);
}

static void
check_frame (const LscWireFrame *frame)
{
  LscWireBuffer again = { 0 };

  check_ready (frame);

  if (put_worker_frame (frame, &again) || put_launcher_frame (frame, &again))
    {
      check (!again.failed);
      check (again.length == (size_t)frame->length + 5);
      check (memcmp (again.data + 5, frame->body, frame->length) == 0);
      check (again.data[4] == (uint8_t)frame->type);
    }
  lsc_wire_buffer_clear (&again);
}

/* From exactly as much memory as there is, so that a sanitizer sees a step too far. */
static unsigned
read_from_memory (const uint8_t *data, size_t size)
{
  uint8_t      *copy = malloc (size > 0 ? size : 1);
  LscWireReader reader = { copy, 0, size, size };
  LscWireFrame  frame;
  unsigned      n = 0;

  check (copy != NULL);
  memcpy (copy, data, size);
  while (lsc_wire_next (&reader, &frame) == 1)
    {
      check_frame (&frame);
      n++;
    }
  free (copy);
  return n;
}

/* As it would come: in pieces, with the reader's own memory. */
static unsigned
read_from_file (const uint8_t *data, size_t size)
{
  LscWireReader reader = { 0 };
  LscWireFrame  frame;
  unsigned      n = 0;
  int           got = 0;
  int           fd = memfd_create ("frames", MFD_CLOEXEC);

  check (fd >= 0 && write (fd, data, size) == (ssize_t)size && lseek (fd, 0, SEEK_SET) == 0);
  while (got >= 0 && lsc_wire_fill (&reader, fd) > 0)
    while ((got = lsc_wire_next (&reader, &frame)) == 1)
      {
        check_frame (&frame);
        n++;
      }
  close (fd);
  lsc_wire_reader_clear (&reader);
  return n;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  check (read_from_memory (data, size) == read_from_file (data, size));
  return 0;
}
