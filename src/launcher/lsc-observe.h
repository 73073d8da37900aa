/* lsc-observe.h: when what every thread does is wanted.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-probe.h"
#include "lsc-wire.h"

/* Does what an OBSERVE asks for, before anything is started. NULL when there is no ring for it, or
 * it could not begin: a WATCH record then says so. False: the frame is broken. */
bool lsc_observe_begin (const LscWireFrame *frame, LscSegment *segment, LscProbe **probe);
