/* lsc-places.c: what waits to be started, and the places where it can run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLACE_TAKEN  1u
#define PLACE_CLOSED 2u

LscPending *
lsc_pending_new (LscPacket *packet)
{
  size_t       fds_size = packet->n_fds * sizeof (int);
  uint32_t     length = packet->frame.length;
  LscPending  *pending = malloc (sizeof *pending + fds_size + length);
  LscWireFrame frame = packet->frame;

  if (pending == NULL)
    return NULL;
  pending->next = NULL;
  pending->n_fds = packet->n_fds;
  pending->fds = (int *)(void *)pending->bytes;
  memcpy (pending->bytes, packet->fds, fds_size);
  memcpy (pending->bytes + fds_size, frame.body, length);
  packet->n_fds = 0;

  frame.body = pending->bytes + fds_size;
  if (lsc_wire_get_spawn (&frame, &pending->spawn))
    return pending;
  lsc_pending_free (pending);
  errno = EPROTO;
  return NULL;
}

void
lsc_pending_free (LscPending *pending)
{
  if (pending == NULL)
    return;
  for (uint32_t i = 0; i < pending->n_fds; i++)
    close (pending->fds[i]);
  free (pending);
}

bool
lsc_places_set (LscPlaces *places, uint32_t n)
{
  if (places->states != NULL || n == 0)
    return false;
  places->states = calloc (n, 1);
  if (places->states == NULL)
    return false;
  places->n = n;
  places->n_free = n;
  return true;
}

void
lsc_places_close (LscPlaces *places, uint32_t place)
{
  if (place >= places->n)
    return;
  if (places->states[place] == 0)
    places->n_free--;
  places->states[place] |= PLACE_CLOSED;
}

void
lsc_places_drop_waiting (LscPlaces *places)
{
  while (places->first != NULL)
    {
      LscPending *pending = places->first;

      places->first = pending->next;
      lsc_pending_free (pending);
    }
  places->last = NULL;
}

void
lsc_places_clear (LscPlaces *places)
{
  lsc_places_drop_waiting (places);
  free (places->states);
  *places = (LscPlaces){ 0 };
}

void
lsc_places_add (LscPlaces *places, LscPending *pending)
{
  if (places->last != NULL)
    places->last->next = pending;
  else
    places->first = pending;
  places->last = pending;
}

LscPending *
lsc_places_take (LscPlaces *places, uint32_t *place)
{
  LscPending *pending = places->first;

  if (pending == NULL || places->n_free == 0)
    return NULL;

  for (*place = 0; places->states[*place] != 0; (*place)++)
    ;
  places->states[*place] = PLACE_TAKEN;
  places->n_free--;
  places->first = pending->next;
  if (places->first == NULL)
    places->last = NULL;
  pending->next = NULL;
  return pending;
}

void
lsc_places_release (LscPlaces *places, uint32_t place)
{
  if (place >= places->n || (places->states[place] & PLACE_TAKEN) == 0)
    return;
  places->states[place] &= (uint8_t)~PLACE_TAKEN;
  if (places->states[place] == 0)
    places->n_free++;
}
