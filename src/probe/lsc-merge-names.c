/* lsc-merge-names.c: one string id of a segment for each text.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-merge-names.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64u
/* More texts than a segment has space for. */
#define MAX_CAPACITY 16384u

/* FNV-1a. */
static uint32_t
hash_text (const char *text)
{
  uint32_t hash = 2166136261u;

  for (; *text != '\0'; text++)
    hash = (hash ^ (uint8_t)*text) * 16777619u;
  return hash;
}

/* Where it is, or where it goes. */
static LscMergeName *
find (LscMergeName *items, uint32_t capacity, uint32_t hash, const char *text)
{
  uint32_t at = hash & (capacity - 1);

  while (items[at].text != NULL && (items[at].hash != hash || strcmp (items[at].text, text) != 0))
    at = (at + 1) & (capacity - 1);
  return &items[at];
}

static bool
make_room (LscMergeNames *names)
{
  uint32_t      capacity = names->capacity > 0 ? 2 * names->capacity : FIRST_CAPACITY;
  LscMergeName *items;

  if (2 * (names->n + 1) <= names->capacity)
    return true;
  if (capacity > MAX_CAPACITY)
    return false;
  items = calloc (capacity, sizeof *items);
  if (items == NULL)
    return false;

  for (uint32_t i = 0; i < names->capacity; i++)
    if (names->items[i].text != NULL)
      *find (items, capacity, names->items[i].hash, names->items[i].text) = names->items[i];
  free (names->items);
  names->items = items;
  names->capacity = capacity;
  return true;
}

uint32_t
lsc_merge_names_get (LscMergeNames *names, LscSegment *segment, const char *text)
{
  uint32_t      hash = hash_text (text);
  LscMergeName *name = NULL;

  if (names->capacity > 0)
    {
      name = find (names->items, names->capacity, hash, text);
      if (name->text != NULL)
        return name->id;
    }
  if (!make_room (names))
    return 0;

  name = find (names->items, names->capacity, hash, text);
  name->id = lsc_segment_add_string (segment, text);
  if (name->id == 0)
    return 0;
  /* Without a copy it is not found again, and added once more. */
  name->text = strdup (text);
  name->hash = hash;
  names->n += name->text != NULL;
  return name->id;
}

void
lsc_merge_names_clear (LscMergeNames *names)
{
  for (uint32_t i = 0; i < names->capacity; i++)
    free (names->items[i].text);
  free (names->items);
  *names = (LscMergeNames){ 0 };
}
