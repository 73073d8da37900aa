/* lsc-lane-request.h: what one lane of a run can be asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_LANE_ASK_STOP,  /* its task is asked to end, and it takes no more */
  LSC_LANE_ASK_JOIN,  /* it ends after its task, and is waited for */
  LSC_LANE_TERMINATE, /* its process: SIGTERM, then SIGKILL */
} LscLaneRequest;

#define LSC_N_LANE_REQUESTS 3

G_END_DECLS
