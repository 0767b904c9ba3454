#include "common/err.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct err_kind kinds[] = {
#define X(name, code, word, exit_status, text) {code, #word, exit_status, text},
	PDH_ERR_MAP(X)
#undef X
};

enum { NO_CHARACTER = 0x110000, CUT_CHARACTER }; /* beyond every character */

/* How many bytes belong together at `p`, and in *ret the character that they are. */
static size_t character(const unsigned char *p, uint32_t *ret)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4, i = 1;
	uint32_t c = n == 1 ? *p : *p & (0x7fU >> n);

	*ret = NO_CHARACTER;
	if ((*p >= 0x80 && *p < 0xc2) || *p > 0xf4)
		return 1;
	for (; i < n && p[i] >= 0x80 && p[i] < 0xc0; i++)
		c = c << 6 | (p[i] & 0x3fU);
	if (i < n) {
		*ret = CUT_CHARACTER;
		return i;
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 1;
	*ret = c;
	return n;
}

/* Characters that would end the line, move the cursor or turn the direction of the text. */
static bool is_control(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

/* What was typed is quoted as it is and cut at a number of bytes: controls become spaces, what is left of a
 * character that was cut goes, and a byte of no character becomes a question mark. */
static void clean(char *text)
{
	char *to = text;
	size_t n;

	for (const char *p = text; *p; p += n) {
		uint32_t c;
		n = character((const unsigned char *)p, &c);
		if (c == NO_CHARACTER) {
			*to++ = '?';
		} else if (is_control(c)) {
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
