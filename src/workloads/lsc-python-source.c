/* lsc-python-source.c: a look at Python code: where a function is in it, and of what kind.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-python-source.h"

#include <string.h>

/* Goes through the lines that begin a statement. */
typedef struct
{
  const char *next; /* where to read on */
  const char *line; /* the statement's first line */
  const char *text; /* what is on it after the spaces */
  guint       indent;
} Statements;

typedef struct
{
  LscPythonDefinition kind;
  const char         *start; /* of its decorators */
  const char         *end;
} Found;

/* ---- statements ------------------------------------------------------------------------ */

/* After the string that begins here. */
static const char *
skip_string (const char *at)
{
  char     quote = *at;
  gboolean is_long = at[1] == quote && at[2] == quote;

  if (!is_long && at[1] == quote)
    return at + 2;
  at += is_long ? 3 : 1;
  for (; *at != '\0'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      else if (is_long && at[0] == quote && at[1] == quote && at[2] == quote)
        return at + 3;
      else if (!is_long && (*at == quote || *at == '\n'))
        return *at == quote ? at + 1 : at;
    }
  return at;
}

/* After the newline that ends the statement: not one in a string, in brackets or after a \. */
static const char *
skip_statement (const char *at)
{
  guint depth = 0;

  while (*at != '\0')
    {
      switch (*at)
        {
        case '"':
        case '\'':
          at = skip_string (at);
          continue;
        case '#':
          at += strcspn (at, "\n");
          continue;
        case '(':
        case '[':
        case '{':
          depth++;
          break;
        case ')':
        case ']':
        case '}':
          depth -= depth > 0 ? 1 : 0;
          break;
        case '\\':
          at += at[1] != '\0' ? 1 : 0;
          break;
        case '\n':
          if (depth == 0)
            return at + 1;
          break;
        default:
          break;
        }
      at++;
    }
  return at;
}

/* The next line with a statement on it; comments and empty lines are passed over. */
static gboolean
next_statement (Statements *self)
{
  while (*self->next != '\0')
    {
      self->line = self->next;
      self->indent = (guint)strspn (self->line, " \t\f");
      self->text = self->line + self->indent;
      self->next = skip_statement (self->text);
      if (*self->text != '\n' && *self->text != '\r' && *self->text != '#' && *self->text != '\0')
        return TRUE;
    }
  return FALSE;
}

/* After this word and the space behind it; NULL when something else stands there. */
static const char *
skip_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  if (strncmp (text, word, length) != 0 || (text[length] != ' ' && text[length] != '\t'))
    return NULL;
  return text + length + strspn (text + length, " \t");
}

static gboolean
is_named (const char *text, const char *function)
{
  gsize length = strlen (function);

  text = strncmp (text, function, length) == 0 ? text + length : NULL;
  return text != NULL && (*text == '(' || *text == ' ' || *text == '\t' || *text == '[');
}

static LscPythonDefinition
get_definition (const char *text, const char **name)
{
  const char *after_async = skip_word (text, "async");

  *name = skip_word (after_async != NULL ? after_async : text, "def");
  if (*name == NULL)
    return LSC_PYTHON_NO_FUNCTION;
  return after_async != NULL ? LSC_PYTHON_ASYNC_DEF : LSC_PYTHON_DEF;
}

/* ---- the function ------------------------------------------------------------------------ */

static Found
find (const char *code, const char *function)
{
  Found       found = { LSC_PYTHON_NO_FUNCTION, NULL, NULL };
  Statements  statements = { .next = code };
  const char *decorators = NULL;
  guint       body_indent = G_MAXUINT; /* of what a def or class holds */
  gboolean    is_open = FALSE;

  while (next_statement (&statements))
    {
      const char         *name;
      LscPythonDefinition kind;

      /* What is deeper belongs to the definition before it. */
      if (body_indent != G_MAXUINT && statements.indent > body_indent)
        continue;
      body_indent = G_MAXUINT;
      if (is_open)
        found.end = decorators != NULL ? decorators : statements.line;
      is_open = FALSE;
      if (*statements.text == '@')
        {
          decorators = decorators != NULL ? decorators : statements.line;
          continue;
        }
      kind = get_definition (statements.text, &name);
      if (kind != LSC_PYTHON_NO_FUNCTION && is_named (name, function))
        {
          found = (Found){ kind, decorators != NULL ? decorators : statements.line, NULL };
          is_open = TRUE;
        }
      if (kind != LSC_PYTHON_NO_FUNCTION || skip_word (statements.text, "class") != NULL)
        body_indent = statements.indent;
      decorators = NULL;
    }
  if (is_open || found.end == NULL)
    found.end = code + strlen (code);
  return found;
}

LscPythonDefinition
lsc_python_source_find (const char *code, const char *function)
{
  g_return_val_if_fail (code != NULL && function != NULL, LSC_PYTHON_NO_FUNCTION);

  return *function != '\0' ? find (code, function).kind : LSC_PYTHON_NO_FUNCTION;
}

char *
lsc_python_source_dup_function (const char *code, const char *function)
{
  Found found;

  g_return_val_if_fail (code != NULL && function != NULL, NULL);

  if (*function == '\0')
    return NULL;
  found = find (code, function);
  if (found.kind == LSC_PYTHON_NO_FUNCTION)
    return NULL;
  while (found.end > found.start && g_ascii_isspace (found.end[-1]))
    found.end--;
  return g_strdup_printf ("%.*s\n", (int)(found.end - found.start), found.start);
}
