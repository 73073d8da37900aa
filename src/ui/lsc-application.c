/* lsc-application.c: the program: its actions, its settings, its one window.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-application.h"

#include <glib/gi18n-lib.h>

struct _LscApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LscApplication, lsc_application, ADW_TYPE_APPLICATION)

static void
lsc_application_class_init (LscApplicationClass *klass)
{
}

static void
lsc_application_init (LscApplication *self)
{
}

LscApplication *
lsc_application_new (void)
{
  return g_object_new (LSC_TYPE_APPLICATION,
                       "application-id", LSC_APP_ID,
                       "resource-base-path", "/io/github/lanescope/Lanescope",
                       NULL);
}
