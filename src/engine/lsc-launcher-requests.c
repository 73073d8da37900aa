/* lsc-launcher-requests.c: what a launcher is asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One packet of the socket is one frame.
 */

#define G_LOG_DOMAIN "lsc-launcher-client"

#include "config.h"

#include "lsc-launcher-client-private.h"

#include <string.h>
#include <unistd.h>

static guint
append_words (GByteArray *bytes, const char *const *words)
{
  guint n = 0;

  for (; words != NULL && words[n] != NULL; n++)
    g_byte_array_append (bytes, (const guint8 *)words[n], strlen (words[n]) + 1);
  return n;
}

gboolean
lsc_launcher_client_spawn (LscLauncherClient *self, const LscLauncherSpawn *spawn)
{
  g_autoptr (GByteArray) argv = g_byte_array_new ();
  g_autoptr (GByteArray) environment = g_byte_array_new ();
  LscWireBuffer buffer = { 0 };
  LscWireSpawn  frame = {
     .id = spawn->id,
     .n_fds = spawn->n_fds,
     .n_argv = append_words (argv, spawn->argv),
     .n_environment = append_words (environment, spawn->environment),
     .folder = spawn->folder != NULL ? spawn->folder : "",
  };

  frame.flags =
      (spawn->queued ? LSC_WIRE_SPAWN_QUEUED : 0) | (spawn->one_core ? LSC_WIRE_SPAWN_ONE_CORE : 0);
  frame.argv = (const char *)argv->data;
  frame.argv_length = argv->len;
  frame.environment = (const char *)environment->data;
  frame.environment_length = environment->len;
  if (argv->len + environment->len + strlen (frame.folder) <= LSC_WIRE_MAX_REQUEST)
    {
      lsc_wire_put_spawn (&buffer, &frame);
      lsc_packet_queue_send (&self->packets, &buffer, spawn->fds, spawn->n_fds);
      return TRUE;
    }
  for (guint i = 0; i < spawn->n_fds; i++)
    close (spawn->fds[i]);
  return FALSE;
}

static void
send_plain (LscLauncherClient *self, LscWireType type)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_plain (&buffer, type);
  lsc_packet_queue_send (&self->packets, &buffer, NULL, 0);
}

static void
send_number (LscLauncherClient *self, LscWireType type, guint32 number)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_number (&buffer, type, number);
  lsc_packet_queue_send (&self->packets, &buffer, NULL, 0);
}

void
lsc_launcher_client_set_places (LscLauncherClient *self, guint n_places)
{
  send_number (self, LSC_WIRE_PLACES, n_places);
}

void
lsc_launcher_client_close_place (LscLauncherClient *self, guint place)
{
  send_number (self, LSC_WIRE_CLOSE_PLACE, place);
}

void
lsc_launcher_client_measure (LscLauncherClient *self)
{
  send_plain (self, LSC_WIRE_MEASURE);
}

void
lsc_launcher_client_observe (LscLauncherClient *self, const LscWireObserve *observe)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_observe (&buffer, observe);
  lsc_packet_queue_send (&self->packets, &buffer, NULL, 0);
}

void
lsc_launcher_client_watch (LscLauncherClient *self, gint32 pid)
{
  send_number (self, LSC_WIRE_WATCH, (guint32)pid);
}

void
lsc_launcher_client_kill (LscLauncherClient *self, guint32 id, int signal, LscWireScope scope)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_kill (&buffer, id, signal, scope);
  lsc_packet_queue_send (&self->packets, &buffer, NULL, 0);
}

void
lsc_launcher_client_stop_all (LscLauncherClient *self)
{
  send_plain (self, LSC_WIRE_STOP_ALL);
}

void
lsc_launcher_client_await_gone (LscLauncherClient *self)
{
  send_plain (self, LSC_WIRE_AWAIT_GONE);
}

void
lsc_launcher_client_kill_all (LscLauncherClient *self)
{
  send_plain (self, LSC_WIRE_KILL_ALL);
}
