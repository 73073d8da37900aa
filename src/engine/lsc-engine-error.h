/* lsc-engine-error.h: what can keep a run from happening.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LSC_ENGINE_ERROR (lsc_engine_error_quark ())
GQuark lsc_engine_error_quark (void);

typedef enum
{
  LSC_ENGINE_ERROR_WORKERS,          /* The number of workers is not possible here. */
  LSC_ENGINE_ERROR_NO_PROGRAM,       /* A program that belongs to Lanescope was not found. */
  LSC_ENGINE_ERROR_SPAWN,            /* A process could not be started. */
  LSC_ENGINE_ERROR_REFUSED,          /* The worker refused what it was asked to do. */
  LSC_ENGINE_ERROR_UNSUPPORTED,      /* The workload can't be run in this mode. */
  LSC_ENGINE_ERROR_WORKERS_DIE,      /* Workers die as soon as they start; the run gave up. */
  LSC_ENGINE_ERROR_LAUNCHER,         /* The launcher was killed or broke the protocol. */
  LSC_ENGINE_ERROR_NO_INTERPRETER,   /* There is no such Python interpreter, or it can't be used. */
  LSC_ENGINE_ERROR_PYTHON_FILE,      /* A Python file can't be used as it was asked for. */
  LSC_ENGINE_ERROR_OUTPUT_FOLDER,    /* The folder for what tasks print can't be used. */
  LSC_ENGINE_ERROR_NOTHING_MEASURED, /* No cell of an experiment could be measured. */
  LSC_ENGINE_ERROR_NOT_IN_SANDBOX,   /* The sandbox has no such program; the host may. */
  LSC_ENGINE_ERROR_NOT_ALLOWED,      /* Flatpak does not allow to start programs outside. */
} LscEngineError;

G_END_DECLS
