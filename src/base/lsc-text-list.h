/* lsc-text-list.h: many short texts, packed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inputs of a run: a million of a dozen bytes each must cost little more than
 * their bytes (about 4 bytes an entry above them). Filled by one thread, then
 * frozen; a frozen list may be read by any thread.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LSC_TYPE_TEXT_LIST (lsc_text_list_get_type ())
G_DECLARE_FINAL_TYPE (LscTextList, lsc_text_list, LSC, TEXT_LIST, GObject)

LscTextList *lsc_text_list_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Not after lsc_text_list_freeze(). `length` -1: NUL-terminated. */
void lsc_text_list_append (LscTextList *self, const char *text, gssize length);
/* Gives spare memory back; no more appends. */
void lsc_text_list_freeze (LscTextList *self);

guint lsc_text_list_get_n (LscTextList *self);
/* Borrowed, NUL-terminated, valid as long as the list (before it is frozen: until the
 * next change). `length` may be NULL. */
const char *lsc_text_list_get (LscTextList *self, guint index, gsize *length);
/* The memory that the list takes. */
gsize lsc_text_list_get_size_bytes (LscTextList *self);

G_END_DECLS
