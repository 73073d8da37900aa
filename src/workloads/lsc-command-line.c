/* lsc-command-line.c: a command as people write it, and the words that are executed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-command-line.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-shell-script.h"
#include "lsc-workload.h"

struct _LscCommandLine
{
  char   **words; /* with placeholders; of a shell: sh, -c, the script */
  char    *text;
  gboolean shell;
};

/* ---- $'...' -------------------------------------------------------------------------- */

/* What follows a backslash in $'...'. */
static const char escapes[][2] = {
  { 'n', '\n' }, { 't', '\t' }, { 'r', '\r' },  { 'a', '\a' },  { 'b', '\b' }, { 'e', 27 },
  { 'f', '\f' }, { 'v', '\v' }, { '\\', '\\' }, { '\'', '\'' }, { '"', '"' },  { '?', '?' },
};

/* `*at` stands behind the opening quote; afterwards behind the closing one. FALSE: there is none,
 * or an escape that is not known. */
static gboolean
read_escaped (const char **at, GString *value)
{
  for (; **at != '\'' && **at != '\0'; (*at)++)
    {
      guint i;

      if (**at != '\\')
        {
          g_string_append_c (value, **at);
          continue;
        }
      (*at)++;
      for (i = 0; i < G_N_ELEMENTS (escapes) && escapes[i][0] != **at; i++)
        ;
      if (i == G_N_ELEMENTS (escapes))
        return FALSE;
      g_string_append_c (value, escapes[i][1]);
    }
  if (**at == '\0')
    return FALSE;
  (*at)++;
  return TRUE;
}

/* GLib splits words as a shell does, and knows all quotes but this one. */
static gboolean
expand_escapes (const char *text, GString *plain)
{
  char quote = '\0';

  while (*text != '\0')
    {
      if (quote == '\0' && text[0] == '$' && text[1] == '\'')
        {
          g_autoptr (GString) value = g_string_new (NULL);
          g_autofree char *quoted = NULL;

          text += 2;
          if (!read_escaped (&text, value))
            return FALSE;
          quoted = g_shell_quote (value->str);
          g_string_append (plain, quoted);
          continue;
        }
      if (*text == '\\' && quote != '\'' && text[1] != '\0')
        g_string_append_c (plain, *text++);
      else if (quote == '\0' && (*text == '\'' || *text == '"'))
        quote = *text;
      else if (*text == quote)
        quote = '\0';
      g_string_append_c (plain, *text++);
    }
  return TRUE;
}

static char *
quote_word (const char *word)
{
  GString *text;

  if (*word != '\0' && strspn (word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_-+=./,:@%{}") == strlen (word))
    return g_strdup (word);
  if (strpbrk (word, "\n\r\t") == NULL)
    return g_shell_quote (word);

  text = g_string_new ("$'");
  for (; *word != '\0'; word++)
    {
      guint i;

      for (i = 0; i < G_N_ELEMENTS (escapes) && escapes[i][1] != *word; i++)
        ;
      if (i < G_N_ELEMENTS (escapes) && *word != '"' && *word != '?')
        g_string_append_printf (text, "\\%c", escapes[i][0]);
      else
        g_string_append_c (text, *word);
    }
  g_string_append_c (text, '\'');
  return g_string_free (text, FALSE);
}

char *
lsc_command_line_quote (const char *const *words)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = quote_word (words[i]);

      if (i > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, word);
    }
  return g_string_free (line, FALSE);
}

/* ---- the command ------------------------------------------------------------------------ */

static gboolean
has_placeholder (char **words)
{
  for (; *words != NULL; words++)
    if (strstr (*words, LSC_COMMAND_PLACEHOLDER) != NULL)
      return TRUE;
  return FALSE;
}

static void
set_no_command (GError **error)
{
  g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                       _ ("There is no command. Write the program and its arguments."));
}

static gboolean
split (LscCommandLine *self, const char *text, gboolean appends, GError **error)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) words = NULL;
  int n;

  if (!expand_escapes (text, plain) || !g_shell_parse_argv (plain->str, &n, &words, &local_error))
    {
      if (g_error_matches (local_error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
        set_no_command (error);
      else
        g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                             _ ("The command can’t be split into words: a quotation mark is not "
                                "closed, or nothing follows a backslash."));
      return FALSE;
    }
  if (words[0][0] == '\0')
    {
      set_no_command (error);
      return FALSE;
    }
  if (appends && !has_placeholder (words))
    {
      words = g_renew (char *, words, n + 2);
      words[n] = g_strdup (LSC_COMMAND_PLACEHOLDER);
      words[n + 1] = NULL;
    }
  self->words = g_steal_pointer (&words);
  self->text = lsc_command_line_quote ((const char *const *)self->words);
  return TRUE;
}

static gboolean
take_script (LscCommandLine *self, const char *text, gboolean appends, GError **error)
{
  gboolean mentions = strstr (text, LSC_COMMAND_PLACEHOLDER) != NULL ||
                      strstr (text, LSC_COMMAND_INPUT_VARIABLE) != NULL;

  if (text[strspn (text, " \t\n")] == '\0')
    {
      set_no_command (error);
      return FALSE;
    }
  self->text = appends && !mentions ? g_strconcat (text, " " LSC_COMMAND_PLACEHOLDER, NULL)
                                    : g_strdup (text);
  self->words = g_new0 (char *, 4);
  self->words[0] = g_strdup ("/bin/sh");
  self->words[1] = g_strdup ("-c");
  self->words[2] = lsc_shell_script_insert_variable (self->text, LSC_COMMAND_PLACEHOLDER,
                                                     LSC_COMMAND_INPUT_VARIABLE);
  return TRUE;
}

LscCommandLine *
lsc_command_line_new (const char *text, gboolean shell, gboolean appends, GError **error)
{
  g_autoptr (LscCommandLine) self = g_new0 (LscCommandLine, 1);

  g_return_val_if_fail (text != NULL, NULL);

  self->shell = shell;
  if (shell ? !take_script (self, text, appends, error) : !split (self, text, appends, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lsc_command_line_free (LscCommandLine *self)
{
  g_strfreev (self->words);
  g_free (self->text);
  g_free (self);
}

const char *
lsc_command_line_get_program (LscCommandLine *self)
{
  return strstr (self->words[0], LSC_COMMAND_PLACEHOLDER) == NULL ? self->words[0] : NULL;
}

gboolean
lsc_command_line_is_shell (LscCommandLine *self)
{
  return self->shell;
}

static char *
fill_in (const char *word, const char *input)
{
  const char *found = strstr (word, LSC_COMMAND_PLACEHOLDER);
  GString    *filled;

  if (found == NULL)
    return g_strdup (word);

  filled = g_string_new (NULL);
  for (; found != NULL; found = strstr (word, LSC_COMMAND_PLACEHOLDER))
    {
      g_string_append_len (filled, word, found - word);
      g_string_append (filled, input);
      word = found + strlen (LSC_COMMAND_PLACEHOLDER);
    }
  g_string_append (filled, word);
  return g_string_free (filled, FALSE);
}

char **
lsc_command_line_make_argv (LscCommandLine *self, const char *input)
{
  guint  n = g_strv_length (self->words);
  char **argv = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    argv[i] = self->shell ? g_strdup (self->words[i]) : fill_in (self->words[i], input);
  return argv;
}

char *
lsc_command_line_dup_text (LscCommandLine *self)
{
  return g_strdup (self->text);
}
