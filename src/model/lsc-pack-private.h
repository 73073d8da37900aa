/* lsc-pack-private.h: puts numbers and texts into bytes, and takes them out again.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading never goes past the end: what is not there is 0 or NULL, and `broken`
 * says so.
 */

#pragma once

#include <glib.h>
#include <string.h>

static inline void
lsc_pack_u32 (GByteArray *bytes, guint32 value)
{
  g_byte_array_append (bytes, (const guint8 *)&value, sizeof value);
}

static inline void
lsc_pack_u64 (GByteArray *bytes, guint64 value)
{
  g_byte_array_append (bytes, (const guint8 *)&value, sizeof value);
}

/* Nullable; with its NUL, so that a reader can use it in place. Always valid UTF-8. */
static inline void
lsc_pack_text (GByteArray *bytes, const char *text, gsize length)
{
  g_autofree char *mended = NULL;

  if (text != NULL && !g_utf8_validate (text, (gssize)length, NULL))
    {
      text = mended = g_utf8_make_valid (text, (gssize)length);
      length = strlen (mended);
    }
  lsc_pack_u32 (bytes, text == NULL ? G_MAXUINT32 : (guint32)length);
  if (text == NULL)
    return;
  g_byte_array_append (bytes, (const guint8 *)text, (guint)length);
  g_byte_array_append (bytes, (const guint8 *)"", 1);
}

typedef struct
{
  const guint8 *at;
  gsize         left;
  gboolean      broken;
} LscUnpack;

static inline gconstpointer
lsc_unpack_bytes (LscUnpack *unpack, gsize length)
{
  const guint8 *at = unpack->at;

  if (unpack->broken || length > unpack->left)
    {
      unpack->broken = TRUE;
      return NULL;
    }
  unpack->at += length;
  unpack->left -= length;
  return at;
}

static inline guint32
lsc_unpack_u32 (LscUnpack *unpack)
{
  gconstpointer at = lsc_unpack_bytes (unpack, sizeof (guint32));
  guint32       value = 0;

  if (at != NULL)
    memcpy (&value, at, sizeof value);
  return value;
}

static inline guint64
lsc_unpack_u64 (LscUnpack *unpack)
{
  gconstpointer at = lsc_unpack_bytes (unpack, sizeof (guint64));
  guint64       value = 0;

  if (at != NULL)
    memcpy (&value, at, sizeof value);
  return value;
}

/* Valid UTF-8 with a NUL at its end, or NULL. */
static inline const char *
lsc_unpack_text (LscUnpack *unpack, gsize *length)
{
  guint32     n = lsc_unpack_u32 (unpack);
  const char *text;

  if (length != NULL)
    *length = 0;
  if (unpack->broken || n == G_MAXUINT32)
    return NULL;
  text = (const char *)lsc_unpack_bytes (unpack, (gsize)n + 1);
  if (text == NULL || text[n] != '\0' || !g_utf8_validate (text, n, NULL))
    {
      unpack->broken = TRUE;
      return NULL;
    }
  if (length != NULL)
    *length = n;
  return text;
}
