/* lsc-opened-file.c: what the sidebar knows of a file that is open: a recording, or a profile.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-opened-file.h"

G_DEFINE_INTERFACE (LscOpenedFile, lsc_opened_file, G_TYPE_OBJECT)

GFile *
lsc_opened_file_get_file (LscOpenedFile *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_FILE (self), NULL);
  return LSC_OPENED_FILE_GET_IFACE (self)->get_file (self);
}

const char *
lsc_opened_file_get_name (LscOpenedFile *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_FILE (self), NULL);
  return LSC_OPENED_FILE_GET_IFACE (self)->get_name (self);
}

const char *
lsc_opened_file_get_file_name (LscOpenedFile *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_FILE (self), NULL);
  return LSC_OPENED_FILE_GET_IFACE (self)->get_file_name (self);
}

const char *
lsc_opened_file_get_group (LscOpenedFile *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_FILE (self), NULL);
  return LSC_OPENED_FILE_GET_IFACE (self)->get_group (self);
}

static void
lsc_opened_file_default_init (LscOpenedFileInterface *iface)
{
}
