#include "common/argv.h"

#include "common/ascii.h"

#include <stdbool.h>
#include <string.h>

/* One word from *text on, in the form it is meant in; false where a quote or a backslash stays open. */
static bool read_word(const char **text, char *out)
{
	char quote = '\0';
	const char *p = *text;

	for (; *p && (quote || !ascii_is_space(*p)); p++) {
		bool escape = *p == '\\' && quote != '\'' &&
			      (!quote || p[1] == '"' || p[1] == '\\' || !p[1]);
		if (escape && !p[1])
			return false;
		if (escape)
			*out++ = *++p;
		else if (quote ? *p == quote : *p == '\'' || *p == '"')
			quote = quote ? '\0' : *p;
		else
			*out++ = *p;
	}
	*out = '\0';
	*text = p;
	return !quote;
}

static void read_plain(const char **text, char *out)
{
	for (; **text && !ascii_is_space(**text); (*text)++)
		*out++ = **text;
	*out = '\0';
}

static const char *skip_spaces(const char *text)
{
	while (ascii_is_space(*text))
		text++;
	return text;
}

static bool read_all(const char *text, bool quotes, char *out, char **argv, size_t *ret_n)
{
	*ret_n = 0;
	for (const char *p = skip_spaces(text); *p; p = skip_spaces(p)) {
		argv[(*ret_n)++] = out;
		if (!quotes)
			read_plain(&p, out);
		else if (!read_word(&p, out))
			return false;
		out += strlen(out) + 1;
	}
	return true;
}

int argv_split(const char *text, struct arena *a, char ***ret, size_t *ret_n,
	       struct err *e)
{
	size_t n = strlen(text);
	char *out = arena_alloc(a, 2 * n + 2);

	/* A word has a byte at least, or two for its quotes. */
	*ret = arena_array(a, n + 3, sizeof(char *));
	if (read_all(text, true, out, *ret, ret_n))
		return 0;
	memset(*ret, 0, (n + 3) * sizeof(char *));
	(void)read_all(text, false, out, *ret, ret_n);
	return e ? err_set(e, -PDH_USAGE, NULL, "has a quote that is not closed: %.60s",
			   text)
		 : -PDH_USAGE;
}
