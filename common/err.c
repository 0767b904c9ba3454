#include "common/err.h"

#include "common/character.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct err_kind kinds[] = {
#define X(name, code, word, exit_status, text) {code, #word, exit_status, text},
	PDH_ERR_MAP(X)
#undef X
};

/* What was typed is quoted as it is and cut at a number of bytes: controls become spaces, what is left of a
 * character that was cut goes, and a byte of no character becomes a question mark. */
static void clean(char *text)
{
	char *to = text;
	size_t n;

	for (const char *p = text; *p; p += n) {
		uint32_t c;
		n = text_character(p, &c);
		if (c == NO_CHARACTER) {
			*to++ = '?';
		} else if (text_is_control(c)) {
			*to++ = ' ';
		} else if (c != CUT_CHARACTER) {
			memmove(to, p, n);
			to += n;
		}
	}
	*to = '\0';
}

int err_set(struct err *e, int code, const char *field, const char *fmt, ...)
{
	va_list ap;

	e->code = code;
	e->hint[0] = '\0';
	snprintf(e->field, sizeof(e->field), "%s", field ? field : "");
	clean(e->field);
	va_start(ap, fmt);
	vsnprintf(e->message, sizeof(e->message), fmt, ap);
	va_end(ap);
	clean(e->message);
	return code;
}

int err_reword(struct err *e, const char *fmt, ...)
{
	char message[sizeof(e->message)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	clean(message);
	memcpy(e->message, message, sizeof(message));
	return e->code;
}

int err_hint(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->hint, sizeof(e->hint), fmt, ap);
	va_end(ap);
	clean(e->hint);
	return e->code;
}

const struct err_kind *err_kind(int code)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].code == abs(code))
			return &kinds[i];
	return &kinds[0];
}

const struct err_kind *err_kinds(size_t *ret_n)
{
	*ret_n = sizeof(kinds) / sizeof(kinds[0]);
	return kinds;
}
