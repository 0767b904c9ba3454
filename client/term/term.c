#include "client/term/term.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

/* FORCE_COLOR=0 turns color off by a habit as old as the variable. */
static bool wants_color(bool tty)
{
	const char *force = getenv("FORCE_COLOR");
	const char *term = getenv("TERM");

	if (is_set("NO_COLOR") || is_set("PDH_NO_COLOR"))
		return false;
	if (force && *force)
		return strcmp(force, "0") != 0;
	return tty && term && *term && strcmp(term, "dumb") != 0;
}

static int clamp(long width)
{
	if (width < TERM_WIDTH_MIN)
		return TERM_WIDTH_MIN;
	return width > TERM_WIDTH_MAX ? TERM_WIDTH_MAX : (int)width;
}

static int find_width(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	char *end;

	if (columns && *columns) {
		long n = strtol(columns, &end, 10);
		if (!*end && n > 0)
			return clamp(n);
	}
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return clamp(size.ws_col);
	return TERM_WIDTH_USUAL;
}

void term_init(struct term *t, int fd, enum color_choice choice)
{
	t->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	t->tty = isatty(fd);
	t->color = choice == COLOR_AUTO ? wants_color(t->tty) : choice == COLOR_ALWAYS;
	t->width = find_width(fd);
	const char *bars = getenv("PDH_BARS");
	t->no_bars = bars && strcmp(bars, "no") == 0;
}

bool term_color_choice(const char *word, enum color_choice *ret)
{
	static const char *const words[] = {[COLOR_AUTO] = "auto",
					    [COLOR_NEVER] = "never",
					    [COLOR_ALWAYS] = "always"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) == 0) {
			*ret = (enum color_choice)i;
			return true;
		}
	}
	return false;
}

const char *term_tint(const struct term *t, enum tint tint)
{
	if (!t->color)
		return "";
	switch (tint) {
	case TINT_GOOD:
		return "\033[32m";
	case TINT_WARN:
		return "\033[33m";
	case TINT_BAD:
		return "\033[31m";
	case TINT_NONE:
		break;
	}
	return "\033[0m";
}
