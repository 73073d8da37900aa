/* lsc-wire.c: buffers, readers and the frames in them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A buffer or a reader belongs to one thread; both own their memory.
 */

#include "config.h"

#include "lsc-wire-private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_CAPACITY 4096u
/* Room offered to one read: a pipe's whole content, or any packet of the launcher. */
#define READ_ROOM 65536u
/* What an idle buffer or reader may keep after a very long frame. */
#define KEPT_CAPACITY (1u << 20)

bool
lsc_wire_buffer_grow (LscWireBuffer *buffer, size_t size)
{
  size_t   capacity = buffer->capacity > 0 ? buffer->capacity : FIRST_CAPACITY;
  uint8_t *data;

  while (capacity - buffer->length < size)
    capacity *= 2;

  data = realloc (buffer->data, capacity);
  if (data == NULL)
    {
      buffer->failed = true;
      return false;
    }
  buffer->data = data;
  buffer->capacity = capacity;
  return true;
}

void
lsc_wire_buffer_clear (LscWireBuffer *buffer)
{
  free (buffer->data);
  memset (buffer, 0, sizeof *buffer);
}

static void
buffer_rewind (LscWireBuffer *buffer)
{
  buffer->length = 0;
  buffer->sent = 0;
  if (buffer->capacity > KEPT_CAPACITY)
    lsc_wire_buffer_clear (buffer);
}

int
lsc_wire_flush (LscWireBuffer *buffer, int fd)
{
  if (buffer->failed)
    {
      errno = ENOMEM;
      return -1;
    }

  while (buffer->sent < buffer->length)
    {
      ssize_t n = write (fd, buffer->data + buffer->sent, buffer->length - buffer->sent);

      if (n >= 0)
        buffer->sent += (size_t)n;
      else if (errno == EAGAIN)
        return 0;
      else if (errno != EINTR)
        return -1;
    }
  buffer_rewind (buffer);
  return 1;
}

void
lsc_wire_reader_clear (LscWireReader *reader)
{
  free (reader->data);
  memset (reader, 0, sizeof *reader);
}

/* Grows with what has arrived, not with what a header promises: a broken length
 * costs no memory. */
static bool
reader_make_room (LscWireReader *reader)
{
  size_t   capacity;
  uint8_t *data;

  if (reader->start == reader->end)
    {
      reader->start = 0;
      reader->end = 0;
      if (reader->capacity > KEPT_CAPACITY)
        lsc_wire_reader_clear (reader);
    }

  if (reader->capacity - reader->end >= READ_ROOM)
    return true;

  if (reader->start > 0)
    {
      memmove (reader->data, reader->data + reader->start, reader->end - reader->start);
      reader->end -= reader->start;
      reader->start = 0;
    }

  if (reader->capacity - reader->end >= READ_ROOM)
    return true;

  capacity = reader->capacity > 0 ? reader->capacity : 2 * READ_ROOM;
  while (capacity - reader->end < READ_ROOM)
    capacity *= 2;
  data = realloc (reader->data, capacity);
  if (data == NULL)
    return false;
  reader->data = data;
  reader->capacity = capacity;
  return true;
}

long
lsc_wire_fill (LscWireReader *reader, int fd)
{
  ssize_t n;

  if (!reader_make_room (reader))
    {
      errno = ENOMEM;
      return -1;
    }

  do
    n = read (fd, reader->data + reader->end, reader->capacity - reader->end);
  while (n < 0 && errno == EINTR);

  if (n > 0)
    reader->end += (size_t)n;
  return n;
}

int
lsc_wire_next (LscWireReader *reader, LscWireFrame *frame)
{
  size_t         left = reader->end - reader->start;
  const uint8_t *at = reader->data + reader->start;
  uint32_t       length;

  if (left < 4)
    return 0;

  memcpy (&length, at, 4);
  if (length == 0 || length > LSC_WIRE_MAX_FRAME)
    return -1;
  if (left - 4 < length)
    return 0;

  frame->type = (LscWireType)at[4];
  frame->body = at + LSC_WIRE_HEADER;
  frame->length = length - 1;
  reader->start += 4 + (size_t)length;
  return 1;
}
