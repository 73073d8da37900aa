/* lsc-structures-build.h: eight ways to build something of the numbers from 0 to n - 1.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A build is done in pieces, so that whoever does it can stop between them and
 * time each of them. Belongs to one thread at a time.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LSC_N_STRUCTURES 8u

/* What is being built; whoever builds looks at nothing but `n_done`. */
typedef struct
{
  guint       n;      /* so many numbers in all */
  guint       n_done; /* and so many of them are in it */
  GHashTable *set;
  GArray     *list; /* of gint64 */
  GString    *string;
  gint64     *tuple;
  guint32    *slots; /* a set whose size is known: number + 1; 0 for none */
  guint32     slots_mask;
} LscBuild;

typedef struct
{
  const char *id;   /* the function's name: "build_set" */
  const char *what; /* "a set" */
  /* Makes an empty one. */
  void (*begin) (LscBuild *build);
  /* The numbers of [from, to) go in. */
  void (*add) (LscBuild *build, guint from, guint to);
} LscStructure;

extern const LscStructure lsc_structures[LSC_N_STRUCTURES];

/* NULL: there is none of that name. */
const LscStructure *lsc_structure_find (const char *id);

void lsc_build_begin (LscBuild *build, const LscStructure *structure, guint n);
/* So many more numbers. TRUE when all are in. */
gboolean lsc_build_continue (LscBuild *build, const LscStructure *structure, guint n_more);
/* What is there, by looking at it: how many numbers (in a string, characters), and the sum
 * of them (in a string, of all digits). */
void lsc_build_count (const LscBuild *build, guint64 *n, guint64 *sum);
void lsc_build_clear (LscBuild *build);

G_END_DECLS
