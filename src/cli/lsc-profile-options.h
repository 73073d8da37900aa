/* lsc-profile-options.h: the options of lanescope-cli profile, as given and as read.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profile-request.h"

G_BEGIN_DECLS

/* As given on the command line; owned. */
typedef struct
{
  char  *executors;
  char  *workers;
  char  *rounds;
  char  *min_rounds;
  char  *max_rounds;
  char  *max_time;
  char  *timeout;
  char  *cell_timeout;
  char  *grace;
  char  *width;
  char  *seed;
  char  *slower;
  char **settings;
  char **inputs;
  char  *inputs_path;
  char **commands;
  char  *prepare;

  gboolean is_host;
  gboolean is_trusted;
} LscProfileOptions;

void lsc_profile_options_add (LscProfileOptions *self,
                              LscProfileRequest *request,
                              GOptionContext    *context);
/* All but workloads, settings and inputs. */
gboolean lsc_profile_options_read (const LscProfileOptions *self,
                                   LscProfileRequest       *request,
                                   GError                 **error);
void     lsc_profile_options_clear (LscProfileOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscProfileOptions, lsc_profile_options_clear)

G_END_DECLS
