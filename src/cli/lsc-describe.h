/* lsc-describe.h: workloads and their parameters as JSON.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "lsc-workload.h"

G_BEGIN_DECLS

/* Adds members to the object that is open. */
void lsc_describe_workload (LscWorkload *workload, JsonBuilder *builder);
void lsc_describe_parameters (LscWorkload *workload, JsonBuilder *builder);

G_END_DECLS
