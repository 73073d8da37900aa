/* lsc-shell-script.c: puts a variable into a shell script, quoted as its place needs it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Follows quotes, $( ), $(( )) and backquotes, one inside the other. Where it is mistaken
 * about a place, the value may be split into words; it stays a value.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-shell-script.h"

#include <string.h>

#define MAX_DEPTH 64

typedef enum
{
  PLAIN,       /* words; also inside $( ), ( ) and backquotes */
  SINGLE,      /* '...' */
  DOUBLE,      /* "..." */
  ARITHMETIC,  /* $(( )): as if between double quotes */
  BACKQUOTES,  /* `...` */
  PARENTHESES, /* ( or $( */
} Context;

typedef struct
{
  Context stack[MAX_DEPTH];
  guint   depth;
} Contexts;

static void
push (Contexts *self, Context context)
{
  if (self->depth + 1 < MAX_DEPTH)
    self->stack[++self->depth] = context;
}

static void
pop (Contexts *self)
{
  if (self->depth > 0)
    self->depth--;
}

static Context
get_top (const Contexts *self)
{
  return self->stack[self->depth];
}

/* What one or more characters at `at` mean; returns how many they are. */
static gsize
step (Contexts *self, const char *at)
{
  Context top = get_top (self);

  if (top == SINGLE)
    {
      if (*at == '\'')
        pop (self);
      return 1;
    }
  if (at[0] == '\\' && at[1] != '\0')
    return 2;
  if (strncmp (at, "$((", 3) == 0)
    {
      push (self, ARITHMETIC);
      return 3;
    }
  if (top == ARITHMETIC && strncmp (at, "))", 2) == 0)
    {
      pop (self);
      return 2;
    }
  if (strncmp (at, "$(", 2) == 0)
    {
      push (self, PARENTHESES);
      return 2;
    }

  if (*at == '"' && top == DOUBLE)
    pop (self);
  else if (*at == '"' && top != ARITHMETIC)
    push (self, DOUBLE);
  else if (*at == '`' && top == BACKQUOTES)
    pop (self);
  else if (*at == '`')
    push (self, BACKQUOTES);
  else if (*at == '\'' && top != DOUBLE && top != ARITHMETIC)
    push (self, SINGLE);
  else if (*at == '(' && top != DOUBLE && top != ARITHMETIC)
    push (self, PARENTHESES);
  else if (*at == ')' && top == PARENTHESES)
    pop (self);
  return 1;
}

static void
append_variable (GString *filled, Context context, const char *variable)
{
  if (context == SINGLE)
    g_string_append_printf (filled, "'\"${%s}\"'", variable);
  else if (context == DOUBLE || context == ARITHMETIC)
    g_string_append_printf (filled, "${%s}", variable);
  else
    g_string_append_printf (filled, "\"${%s}\"", variable);
}

char *
lsc_shell_script_insert_variable (const char *script, const char *placeholder, const char *variable)
{
  GString *filled = g_string_new (NULL);
  gsize    length = strlen (placeholder);
  Contexts contexts = { .stack = { PLAIN } };

  while (*script != '\0')
    {
      gsize n;

      if (strncmp (script, placeholder, length) == 0)
        {
          append_variable (filled, get_top (&contexts), variable);
          script += length;
          continue;
        }
      n = step (&contexts, script);
      g_string_append_len (filled, script, (gssize)n);
      script += n;
    }
  return g_string_free (filled, FALSE);
}
