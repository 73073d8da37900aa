/* test-python-source.c: functions in Python code, by a look at its lines.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-python-source.h"

#define CODE                                   \
  "import functools\n"                         \
  "'''\ndef in_text(): pass\n'''\n"            \
  "# def in_comment(): pass\n"                 \
  "first = [\n"                                \
  "def_like(1), '\\'', \"def in_text(): \"]\n" \
  "@functools.lru_cache\n"                     \
  "# about it\n"                               \
  "@functools.wraps(first)\n"                  \
  "def plain(n, text='''\n"                    \
  "def in_text(): pass\n"                      \
  "'''):\n"                                    \
  "    def inner(): pass\n"                    \
  "    if n:\n"                                \
  "# at the edge\n"                            \
  "        return 1\n"                         \
  "\n"                                         \
  "async  def waits(n):\n"                     \
  "\treturn n\n"                               \
  "class Thing:\n"                             \
  "    def method(self): pass\n"               \
  "if first:\n"                                \
  "    def hidden(n):\n"                       \
  "        return 2\n"                         \
  "else:\n"                                    \
  "    async def hidden(n): return 3\n"        \
  "last = plain"

static void
test_find (void)
{
  static const struct
  {
    const char         *name;
    LscPythonDefinition kind;
  } cases[] = {
    { "plain", LSC_PYTHON_DEF },
    { "waits", LSC_PYTHON_ASYNC_DEF },
    /* The last one counts, as it does for Python. */
    { "hidden", LSC_PYTHON_ASYNC_DEF },
    { "inner", LSC_PYTHON_NO_FUNCTION },
    { "method", LSC_PYTHON_NO_FUNCTION },
    { "in_text", LSC_PYTHON_NO_FUNCTION },
    { "in_comment", LSC_PYTHON_NO_FUNCTION },
    { "def_like", LSC_PYTHON_NO_FUNCTION },
    { "plai", LSC_PYTHON_NO_FUNCTION },
    { "plain2", LSC_PYTHON_NO_FUNCTION },
    { "last", LSC_PYTHON_NO_FUNCTION },
    { "", LSC_PYTHON_NO_FUNCTION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lsc_python_source_find (CODE, cases[i].name), ==, cases[i].kind);
}

static void
test_text (void)
{
  g_autofree char *plain = lsc_python_source_dup_function (CODE, "plain");
  g_autofree char *waits = lsc_python_source_dup_function (CODE, "waits");
  g_autofree char *hidden = lsc_python_source_dup_function (CODE, "hidden");

  g_assert_true (g_str_has_prefix (plain, "@functools.lru_cache\n# about it\n@functools.wraps"));
  g_assert_true (g_str_has_suffix (plain, "# at the edge\n        return 1\n"));
  g_assert_cmpstr (waits, ==, "async  def waits(n):\n\treturn n\n");
  g_assert_cmpstr (hidden, ==, "    async def hidden(n): return 3\n");
  g_assert_null (lsc_python_source_dup_function (CODE, "inner"));
}

/* What is cut anywhere, as while somebody types, ends. */
static void
test_cut (void)
{
  for (gsize length = 0; length < sizeof CODE; length++)
    {
      g_autofree char *code = g_strndup (CODE, length);

      lsc_python_source_find (code, "plain");
      g_free (lsc_python_source_dup_function (code, "waits"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/python-source/find", test_find);
  g_test_add_func ("/python-source/text", test_text);
  g_test_add_func ("/python-source/cut", test_cut);

  return g_test_run ();
}
