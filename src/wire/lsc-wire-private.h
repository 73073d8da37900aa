/* lsc-wire-private.h: how a frame is put together and taken apart.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files of this room only. Everything is inline: one million results a
 * second pass through here.
 */

#pragma once

#include <string.h>

#include "lsc-wire.h"

/* u32 length, u8 type */
#define LSC_WIRE_HEADER 5u

/* Makes room for `size` bytes more. False (and the buffer failed) when there is no memory. */
bool lsc_wire_buffer_grow (LscWireBuffer *buffer, size_t size);

/* ---- writing ------------------------------------------------------------------ */

/* Opens a frame with a body of `size` bytes; returns where the body goes, NULL
 * when the buffer has failed. */
static inline uint8_t *
lsc_wire_open (LscWireBuffer *buffer, LscWireType type, uint64_t size)
{
  uint32_t length = (uint32_t)size + 1;
  uint8_t *at;

  if (buffer->failed)
    return NULL;

  if (size >= LSC_WIRE_MAX_FRAME)
    {
      buffer->failed = true;
      return NULL;
    }

  if (buffer->capacity - buffer->length < size + LSC_WIRE_HEADER &&
      !lsc_wire_buffer_grow (buffer, size + LSC_WIRE_HEADER))
    return NULL;

  at = buffer->data + buffer->length;
  buffer->length += size + LSC_WIRE_HEADER;
  memcpy (at, &length, 4);
  at[4] = (uint8_t)type;
  return at + LSC_WIRE_HEADER;
}

static inline uint8_t *
lsc_wire_add_u8 (uint8_t *at, uint8_t value)
{
  *at = value;
  return at + 1;
}

static inline uint8_t *
lsc_wire_add_u32 (uint8_t *at, uint32_t value)
{
  memcpy (at, &value, 4);
  return at + 4;
}

static inline uint8_t *
lsc_wire_add_u64 (uint8_t *at, uint64_t value)
{
  memcpy (at, &value, 8);
  return at + 8;
}

static inline uint8_t *
lsc_wire_add_text (uint8_t *at, const char *text, uint32_t length)
{
  at = lsc_wire_add_u32 (at, length);
  if (length > 0)
    memcpy (at, text, length);
  return at + length;
}

/* ---- reading ------------------------------------------------------------------ */

/* What is left of a body. Past a broken length everything reads as zero and
 * `broken` stays set, so that only the end has to be asked. */
typedef struct
{
  const uint8_t *at;
  uint32_t       left;
  bool           broken;
} LscWireCursor;

static inline LscWireCursor
lsc_wire_cursor (const LscWireFrame *frame)
{
  return (LscWireCursor){ frame->body, frame->length, false };
}

static inline const uint8_t *
lsc_wire_take (LscWireCursor *cursor, uint32_t size)
{
  const uint8_t *at = cursor->at;

  if (cursor->left < size)
    {
      cursor->broken = true;
      cursor->left = 0;
      return NULL;
    }
  cursor->at += size;
  cursor->left -= size;
  return at;
}

static inline uint8_t
lsc_wire_take_u8 (LscWireCursor *cursor)
{
  const uint8_t *at = lsc_wire_take (cursor, 1);

  return at != NULL ? *at : 0;
}

static inline uint32_t
lsc_wire_take_u32 (LscWireCursor *cursor)
{
  const uint8_t *at = lsc_wire_take (cursor, 4);
  uint32_t       value = 0;

  if (at != NULL)
    memcpy (&value, at, 4);
  return value;
}

static inline uint64_t
lsc_wire_take_u64 (LscWireCursor *cursor)
{
  const uint8_t *at = lsc_wire_take (cursor, 8);
  uint64_t       value = 0;

  if (at != NULL)
    memcpy (&value, at, 8);
  return value;
}

/* Never NULL; an empty text where the length is broken. */
static inline const char *
lsc_wire_take_text (LscWireCursor *cursor, uint32_t *length)
{
  const char *text;

  *length = lsc_wire_take_u32 (cursor);
  text = (const char *)lsc_wire_take (cursor, *length);
  if (text != NULL)
    return text;
  *length = 0;
  return "";
}

/* A whole frame holds exactly its fields. */
static inline bool
lsc_wire_at_end (const LscWireCursor *cursor)
{
  return !cursor->broken && cursor->left == 0;
}
