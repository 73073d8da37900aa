/* lsc-json-read.h: JSON from anybody, read with checks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. `where` names the object that is read ("results[2]") and `key` its member, for
 * messages: “results[2].mean: ...”. A member that is null is one that is not there.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_JSON_MUST_BE,
  LSC_JSON_MAY_BE, /* what is not there is NULL, NAN or -1 */
} LscJsonNeed;

/* What some editors put before the first character; passed over. */
#define LSC_JSON_BYTE_ORDER_MARK "\xef\xbb\xbf"

/* The object that the text is; NULL with a message for what is no JSON, nests deep, has a number
 * that json-glib would misread, or the same key twice in an object. The parser keeps it. */
JsonObject *lsc_json_read_text (JsonParser *parser, const char *text, gsize length, GError **error);

gboolean lsc_json_read_string (JsonObject  *object,
                               const char  *where,
                               const char  *key,
                               LscJsonNeed  need,
                               const char **value,
                               GError     **error);
gboolean lsc_json_read_boolean (JsonObject *object,
                                const char *where,
                                const char *key,
                                gboolean   *value,
                                GError    **error);
/* Finite and at least 0. */
gboolean lsc_json_read_number (JsonObject *object,
                               const char *where,
                               const char *key,
                               LscJsonNeed need,
                               double     *value,
                               GError    **error);
/* A whole number from `min` to `max`. */
gboolean lsc_json_read_count (JsonObject *object,
                              const char *where,
                              const char *key,
                              LscJsonNeed need,
                              gint64      min,
                              gint64      max,
                              gint64     *value,
                              GError    **error);
gboolean lsc_json_read_list (JsonObject *object,
                             const char *where,
                             const char *key,
                             LscJsonNeed need,
                             JsonArray **value,
                             GError    **error);
gboolean lsc_json_read_object (JsonObject  *object,
                               const char  *where,
                               const char  *key,
                               LscJsonNeed  need,
                               JsonObject **value,
                               GError     **error);

/* The same for one element of a list; `where` names the list. */
gboolean lsc_json_read_object_at (JsonArray   *list,
                                  const char  *where,
                                  guint        index,
                                  JsonObject **value,
                                  GError     **error);
gboolean lsc_json_read_number_at (JsonArray  *list,
                                  const char *where,
                                  guint       index,
                                  double     *value,
                                  GError    **error);
gboolean lsc_json_read_count_at (JsonArray  *list,
                                 const char *where,
                                 guint       index,
                                 LscJsonNeed need,
                                 gint64      min,
                                 gint64      max,
                                 gint64     *value,
                                 GError    **error);

/* An error that says where: "results[2].times: " and the text. */
void
lsc_json_set_error (GError **error, const char *where, const char *key, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

G_END_DECLS
