/* lsc-fake-kernel-tell.c: what the made-up kernel tells, and what of it is lost.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As the launcher does: that a core tells nothing any more comes at that very place, before what
 * others tell meanwhile. What is lost on its way from the launcher is told of when that is over.
 */

#include "config.h"

#include "lsc-fake-kernel-private.h"

#define MIN_STEP_NS 5
#define MAX_STEP_NS 3000

void
fake_pass (FakeKernel *self)
{
  self->now_ns += g_rand_int_range (self->rand, MIN_STEP_NS, MAX_STEP_NS);
}

gboolean
fake_is_likely (FakeKernel *self, gint percent)
{
  return g_rand_int_range (self->rand, 0, 100) < percent;
}

LscRecord
fake_make (LscRecordKind kind, const FakeThread *thread, guint category, guint64 value)
{
  return (LscRecord){ .kind = (guint16)kind,
                      .category = (guint16)category,
                      .lane = thread->tid,
                      .task = thread->pid,
                      .value = value };
}

static void
send_loss (FakeKernel *self, guint core, guint32 past_us, guint64 n)
{
  const LscRecord record = { .kind = LSC_RECORD_LOSS,
                             .time_ns = (guint64)self->now_ns,
                             .lane = core,
                             .name = past_us,
                             .task = LSC_NO_TASK,
                             .value = n };

  if (core != LSC_ALL_CORES && self->all.is_losing)
    self->all.n_lost++;
  else
    self->send (self->user_data, &record, NULL);
}

static void
tell_loss (FakeKernel *self, FakeCore *place, guint core)
{
  guint32  past_us = (guint32)((self->now_ns - place->last_ns + 999) / 1000);
  FakeLoss loss = { core, place->last_ns, self->now_ns, MAX (place->n_lost, 1) };

  /* Only the time before is told of it. */
  if (core == LSC_ALL_CORES)
    loss.from_ns = MAX (self->now_ns - (gint64)past_us * 1000, 0);
  g_array_append_val (self->losses, loss);
  send_loss (self, core, past_us, loss.n);
  place->n_lost = 0;
  place->is_losing = FALSE;
  place->last_ns = self->now_ns;
  /* What is still lost is said again: that may have been lost as well. */
  for (guint i = 0; core == LSC_ALL_CORES && i < FAKE_N_CORES; i++)
    if (self->cores[i].is_losing)
      send_loss (self, i, 0, 0);
}

static gboolean
has_room (FakeKernel *self, FakeCore *place, guint core)
{
  if (place->is_losing && place->n_lost > 0 && fake_is_likely (self, 15))
    tell_loss (self, place, core);
  if (!place->is_losing)
    {
      place->last_ns = self->now_ns;
      return TRUE;
    }
  place->n_lost++;
  return FALSE;
}

gboolean
fake_tell (FakeKernel *self, guint core, LscRecord record, const char *name)
{
  record.time_ns = (guint64)self->now_ns;
  if (core != LSC_ALL_CORES && !has_room (self, &self->cores[core], core))
    return FALSE;
  if (!has_room (self, &self->all, LSC_ALL_CORES))
    return FALSE;
  self->send (self->user_data, &record, name);
  return TRUE;
}

void
fake_begin_loss (FakeKernel *self)
{
  guint     core = (guint)g_rand_int_range (self->rand, 0, FAKE_N_CORES + 1);
  FakeCore *place = core < FAKE_N_CORES ? &self->cores[core] : &self->all;

  if (place->is_losing)
    return;
  place->is_losing = TRUE;
  place->last_ns = self->now_ns;
  if (core < FAKE_N_CORES)
    send_loss (self, core, 0, 0);
}

void
fake_end_losses (FakeKernel *self)
{
  if (self->all.is_losing)
    tell_loss (self, &self->all, LSC_ALL_CORES);
  for (guint i = 0; i < FAKE_N_CORES; i++)
    if (self->cores[i].is_losing)
      tell_loss (self, &self->cores[i], i);
}
