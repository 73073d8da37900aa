/* lsc-wire-launcher.c: the frames between the engine and the launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-wire-private.h"

/* ---- writing ------------------------------------------------------------------ */

void
lsc_wire_put_spawn (LscWireBuffer *buffer, const LscWireSpawn *spawn)
{
  uint32_t folder_length = (uint32_t)strlen (spawn->folder) + 1;
  uint64_t size = 5 * 4 + 3 * 4 + (uint64_t)spawn->argv_length + spawn->environment_length;
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_SPAWN, size + folder_length);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, spawn->id);
  at = lsc_wire_add_u32 (at, spawn->flags);
  at = lsc_wire_add_u32 (at, spawn->n_fds);
  at = lsc_wire_add_u32 (at, spawn->n_argv);
  at = lsc_wire_add_u32 (at, spawn->n_environment);
  at = lsc_wire_add_text (at, spawn->argv, spawn->argv_length);
  at = lsc_wire_add_text (at, spawn->environment, spawn->environment_length);
  lsc_wire_add_text (at, spawn->folder, folder_length);
}

void
lsc_wire_put_kill (LscWireBuffer *buffer, uint32_t id, int32_t signal, LscWireScope scope)
{
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_KILL, 4 + 4 + 1);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, id);
  at = lsc_wire_add_u32 (at, (uint32_t)signal);
  lsc_wire_add_u8 (at, (uint8_t)scope);
}

void
lsc_wire_put_number (LscWireBuffer *buffer, LscWireType type, uint32_t number)
{
  uint8_t *at = lsc_wire_open (buffer, type, 4);

  if (at != NULL)
    lsc_wire_add_u32 (at, number);
}

void
lsc_wire_put_plain (LscWireBuffer *buffer, LscWireType type)
{
  lsc_wire_open (buffer, type, 0);
}

void
lsc_wire_put_observe (LscWireBuffer *buffer, const LscWireObserve *observe)
{
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_OBSERVE, 4 + 4);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, observe->uses);
  lsc_wire_add_u32 (at, observe->budget_permille);
}

void
lsc_wire_put_child (LscWireBuffer *buffer, LscWireType type, const LscWireChild *child)
{
  uint8_t *at = lsc_wire_open (buffer, type, 6 * 4 + 8 * 8);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, child->id);
  at = lsc_wire_add_u32 (at, (uint32_t)child->pid);
  at = lsc_wire_add_u32 (at, (uint32_t)child->error);
  at = lsc_wire_add_u32 (at, (uint32_t)child->wait_status);
  at = lsc_wire_add_u32 (at, child->place);
  at = lsc_wire_add_u32 (at, child->stage);
  at = lsc_wire_add_u64 (at, child->time_ns);
  at = lsc_wire_add_u64 (at, child->user_ns);
  at = lsc_wire_add_u64 (at, child->system_ns);
  at = lsc_wire_add_u64 (at, child->peak_rss_bytes);
  at = lsc_wire_add_u64 (at, child->n_voluntary);
  at = lsc_wire_add_u64 (at, child->n_involuntary);
  at = lsc_wire_add_u64 (at, child->n_minor_faults);
  lsc_wire_add_u64 (at, child->n_major_faults);
}

void
lsc_wire_put_all_gone (LscWireBuffer *buffer, uint32_t n_survivors)
{
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_ALL_GONE, 4);

  if (at != NULL)
    lsc_wire_add_u32 (at, n_survivors);
}

/* ---- reading ------------------------------------------------------------------ */

/* Exactly `n_words`, each with its NUL. */
static bool
check_words (const char *words, uint32_t length, uint32_t n_words)
{
  uint32_t n = 0;

  if (length > 0 && words[length - 1] != '\0')
    return false;
  for (uint32_t i = 0; i < length; i++)
    n += words[i] == '\0';
  return n == n_words;
}

bool
lsc_wire_get_spawn (const LscWireFrame *frame, LscWireSpawn *spawn)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);
  uint32_t      folder_length;

  if (frame->type != LSC_WIRE_SPAWN)
    return false;
  spawn->id = lsc_wire_take_u32 (&cursor);
  spawn->flags = lsc_wire_take_u32 (&cursor);
  spawn->n_fds = lsc_wire_take_u32 (&cursor);
  spawn->n_argv = lsc_wire_take_u32 (&cursor);
  spawn->n_environment = lsc_wire_take_u32 (&cursor);
  spawn->argv = lsc_wire_take_text (&cursor, &spawn->argv_length);
  spawn->environment = lsc_wire_take_text (&cursor, &spawn->environment_length);
  spawn->folder = lsc_wire_take_text (&cursor, &folder_length);
  return lsc_wire_at_end (&cursor) && spawn->id != 0 && spawn->n_argv > 0 &&
         check_words (spawn->argv, spawn->argv_length, spawn->n_argv) &&
         check_words (spawn->environment, spawn->environment_length, spawn->n_environment) &&
         check_words (spawn->folder, folder_length, 1);
}

bool
lsc_wire_get_kill (const LscWireFrame *frame, uint32_t *id, int32_t *signal, LscWireScope *scope)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);
  uint8_t       number;

  if (frame->type != LSC_WIRE_KILL)
    return false;
  *id = lsc_wire_take_u32 (&cursor);
  *signal = (int32_t)lsc_wire_take_u32 (&cursor);
  number = lsc_wire_take_u8 (&cursor);
  *scope = (LscWireScope)number;
  return lsc_wire_at_end (&cursor) && number <= LSC_WIRE_TREE;
}

bool
lsc_wire_get_number (const LscWireFrame *frame, uint32_t *number)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_PLACES && frame->type != LSC_WIRE_CLOSE_PLACE &&
      frame->type != LSC_WIRE_WATCH)
    return false;
  *number = lsc_wire_take_u32 (&cursor);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_observe (const LscWireFrame *frame, LscWireObserve *observe)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_OBSERVE)
    return false;
  observe->uses = lsc_wire_take_u32 (&cursor);
  observe->budget_permille = lsc_wire_take_u32 (&cursor);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_child (const LscWireFrame *frame, LscWireChild *child)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_SPAWNED && frame->type != LSC_WIRE_SPAWN_FAILED &&
      frame->type != LSC_WIRE_EXITED)
    return false;
  child->id = lsc_wire_take_u32 (&cursor);
  child->pid = (int32_t)lsc_wire_take_u32 (&cursor);
  child->error = (int32_t)lsc_wire_take_u32 (&cursor);
  child->wait_status = (int32_t)lsc_wire_take_u32 (&cursor);
  child->place = lsc_wire_take_u32 (&cursor);
  child->stage = lsc_wire_take_u32 (&cursor);
  child->time_ns = lsc_wire_take_u64 (&cursor);
  child->user_ns = lsc_wire_take_u64 (&cursor);
  child->system_ns = lsc_wire_take_u64 (&cursor);
  child->peak_rss_bytes = lsc_wire_take_u64 (&cursor);
  child->n_voluntary = lsc_wire_take_u64 (&cursor);
  child->n_involuntary = lsc_wire_take_u64 (&cursor);
  child->n_minor_faults = lsc_wire_take_u64 (&cursor);
  child->n_major_faults = lsc_wire_take_u64 (&cursor);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_all_gone (const LscWireFrame *frame, uint32_t *n_survivors)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_ALL_GONE)
    return false;
  *n_survivors = lsc_wire_take_u32 (&cursor);
  return lsc_wire_at_end (&cursor);
}
