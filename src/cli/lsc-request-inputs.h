/* lsc-request-inputs.h: the inputs that --input and --inputs name.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

/* Makes the settings say that the inputs are a list of the user's own, when they are. */
gboolean
lsc_request_inputs_prepare (LscSettings *settings, char **values, const char *path, GError **error);
/* Whether they still say so after all the rest has been set. */
gboolean
lsc_request_inputs_check (LscSettings *settings, char **values, const char *path, GError **error);
/* Whether each of the parameters that were set is used: nothing is passed over in silence. */
gboolean lsc_request_inputs_check_use (LscSettings *settings,
                                       GPtrArray   *ids,
                                       GPtrArray   *values,
                                       GError     **error);
/* `inputs` stays NULL when neither was given. `path` "-" is standard input. */
gboolean lsc_request_inputs_read (LscWorkload  *workload,
                                  char        **values,
                                  const char   *path,
                                  LscTextList **inputs,
                                  GError      **error);

G_END_DECLS
