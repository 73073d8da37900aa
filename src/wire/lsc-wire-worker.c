/* lsc-wire-worker.c: the frames between the engine and a worker.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-wire-private.h"

/* ---- writing ------------------------------------------------------------------ */

void
lsc_wire_put_setup (LscWireBuffer *buffer, const LscWireSetup *setup)
{
  /* With their NUL: the other side uses them in place. */
  size_t   workload_size = strlen (setup->workload) + 1;
  size_t   segment_size = strlen (setup->segment) + 1;
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_SETUP,
                               4 + 1 + 1 + (4 + workload_size) + (4 + segment_size) +
                                   (4 + (uint64_t)setup->settings_length) + 8 + 4);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, setup->n_threads);
  at = lsc_wire_add_u8 (at, setup->executor);
  at = lsc_wire_add_u8 (at, setup->one_core);
  at = lsc_wire_add_text (at, setup->workload, (uint32_t)workload_size);
  at = lsc_wire_add_text (at, setup->segment, (uint32_t)segment_size);
  at = lsc_wire_add_text (at, setup->settings, setup->settings_length);
  at = lsc_wire_add_u64 (at, setup->timeout_ns);
  lsc_wire_add_u32 (at, setup->n_calls);
}

void
lsc_wire_put_task (LscWireBuffer *buffer, const LscWireTask *task)
{
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_TASK, 4 + 4 + (uint64_t)task->input_length);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, task->index);
  lsc_wire_add_text (at, task->input, task->input_length);
}

void
lsc_wire_put_ready (LscWireBuffer *buffer)
{
  lsc_wire_open (buffer, LSC_WIRE_READY, 0);
}

void
lsc_wire_put_refused (LscWireBuffer *buffer, const char *why)
{
  size_t   length = strlen (why);
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_REFUSED, 4 + (uint64_t)length);

  if (at != NULL)
    lsc_wire_add_text (at, why, (uint32_t)length);
}

void
lsc_wire_put_result (LscWireBuffer *buffer, const LscWireResult *result)
{
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_RESULT,
                               4 + 4 + 1 + 6 * 8 + 4 + (uint64_t)result->output_length);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, result->index);
  at = lsc_wire_add_u32 (at, result->lane);
  at = lsc_wire_add_u8 (at, result->status);
  at = lsc_wire_add_u64 (at, result->start_ns);
  at = lsc_wire_add_u64 (at, result->end_ns);
  at = lsc_wire_add_u64 (at, result->user_ns);
  at = lsc_wire_add_u64 (at, result->system_ns);
  at = lsc_wire_add_u64 (at, result->n_calls);
  at = lsc_wire_add_u64 (at, result->calls_ns);
  lsc_wire_add_text (at, result->output, result->output_length);
}

void
lsc_wire_set_result_usage (LscWireBuffer *buffer, size_t at, uint64_t user_ns, uint64_t system_ns)
{
  uint8_t *place;

  if (buffer->failed)
    return;
  place = buffer->data + at + LSC_WIRE_HEADER + 4 + 4 + 1 + 2 * 8;
  place = lsc_wire_add_u64 (place, user_ns);
  lsc_wire_add_u64 (place, system_ns);
}

void
lsc_wire_put_started (LscWireBuffer *buffer, const LscWireStarted *started)
{
  uint8_t *at = lsc_wire_open (buffer, LSC_WIRE_STARTED, 4 + 4 + 8);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, started->index);
  at = lsc_wire_add_u32 (at, started->lane);
  lsc_wire_add_u64 (at, started->time_ns);
}

void
lsc_wire_put_output (LscWireBuffer *buffer, const LscWireOutput *output)
{
  uint8_t *at =
      lsc_wire_open (buffer, LSC_WIRE_OUTPUT, 4 + 4 + 1 + 8 + 4 + (uint64_t)output->length);

  if (at == NULL)
    return;
  at = lsc_wire_add_u32 (at, output->index);
  at = lsc_wire_add_u32 (at, output->lane);
  at = lsc_wire_add_u8 (at, output->stream);
  at = lsc_wire_add_u64 (at, output->time_ns);
  lsc_wire_add_text (at, output->bytes, output->length);
}

/* ---- reading ------------------------------------------------------------------ */

/* A text with its NUL in the frame. */
static const char *
take_string (LscWireCursor *cursor)
{
  uint32_t    length;
  const char *text = lsc_wire_take_text (cursor, &length);

  if (length > 0 && memchr (text, '\0', length) == text + length - 1)
    return text;
  cursor->broken = true;
  return "";
}

bool
lsc_wire_get_setup (const LscWireFrame *frame, LscWireSetup *setup)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_SETUP)
    return false;
  setup->n_threads = lsc_wire_take_u32 (&cursor);
  setup->executor = lsc_wire_take_u8 (&cursor);
  setup->one_core = lsc_wire_take_u8 (&cursor);
  setup->workload = take_string (&cursor);
  setup->segment = take_string (&cursor);
  setup->settings = lsc_wire_take_text (&cursor, &setup->settings_length);
  setup->timeout_ns = lsc_wire_take_u64 (&cursor);
  setup->n_calls = lsc_wire_take_u32 (&cursor);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_ready (const LscWireFrame *frame, LscWireReady *ready)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  *ready = (LscWireReady){ .lock = LSC_WIRE_LOCK_UNKNOWN, .interpreter = "" };
  if (frame->type != LSC_WIRE_READY)
    return false;
  if (frame->length > 0)
    ready->lock = (LscWireLock)lsc_wire_take_u8 (&cursor);
  if (frame->length > 1)
    ready->interpreter = lsc_wire_take_text (&cursor, &ready->interpreter_length);
  return lsc_wire_at_end (&cursor) && ready->lock <= LSC_WIRE_LOCK_OFF;
}

bool
lsc_wire_get_task (const LscWireFrame *frame, LscWireTask *task)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_TASK)
    return false;
  task->index = lsc_wire_take_u32 (&cursor);
  task->input = lsc_wire_take_text (&cursor, &task->input_length);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_text (const LscWireFrame *frame, const char **text, uint32_t *length)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_REFUSED && frame->type != LSC_WIRE_UNFIT)
    return false;
  *text = lsc_wire_take_text (&cursor, length);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_result (const LscWireFrame *frame, LscWireResult *result)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_RESULT)
    return false;
  result->index = lsc_wire_take_u32 (&cursor);
  result->lane = lsc_wire_take_u32 (&cursor);
  result->status = lsc_wire_take_u8 (&cursor);
  result->start_ns = lsc_wire_take_u64 (&cursor);
  result->end_ns = lsc_wire_take_u64 (&cursor);
  result->user_ns = lsc_wire_take_u64 (&cursor);
  result->system_ns = lsc_wire_take_u64 (&cursor);
  result->n_calls = lsc_wire_take_u64 (&cursor);
  result->calls_ns = lsc_wire_take_u64 (&cursor);
  result->output = lsc_wire_take_text (&cursor, &result->output_length);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_started (const LscWireFrame *frame, LscWireStarted *started)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_STARTED)
    return false;
  started->index = lsc_wire_take_u32 (&cursor);
  started->lane = lsc_wire_take_u32 (&cursor);
  started->time_ns = lsc_wire_take_u64 (&cursor);
  return lsc_wire_at_end (&cursor);
}

bool
lsc_wire_get_output (const LscWireFrame *frame, LscWireOutput *output)
{
  LscWireCursor cursor = lsc_wire_cursor (frame);

  if (frame->type != LSC_WIRE_OUTPUT)
    return false;
  output->index = lsc_wire_take_u32 (&cursor);
  output->lane = lsc_wire_take_u32 (&cursor);
  output->stream = lsc_wire_take_u8 (&cursor);
  output->time_ns = lsc_wire_take_u64 (&cursor);
  output->bytes = lsc_wire_take_text (&cursor, &output->length);
  return lsc_wire_at_end (&cursor);
}
