#include "daemon/desk_text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define REMINDER_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789+/_-"

static const char *const prefixes[] = {
	[DESK_ACKNOWLEDGE] = "pdh-ack ",
	[DESK_SNOOZE] = "pdh-snooze ",
};

/* Bytes of the character at `p`, which ends in a NUL, and the character; 0 if it is none (RFC 3629). */
static size_t character(const unsigned char *p, uint32_t *ret)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
	uint32_t c = n == 1 ? *p : *p & (0x7fU >> n);

	if ((*p >= 0x80 && *p < 0xc2) || *p > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		c = c << 6 | (p[i] & 0x3fU);
	}
	*ret = c;
	return c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : n;
}

/* Characters that would move the cursor, end the line or turn the direction of the text. */
static bool is_control(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static void add(struct buf *to, const char *text)
{
	(void)buf_write(to, text, strlen(text));
}

/* What stands for the character instead of itself; NULL for none. */
static const char *stand_in(uint32_t c, const struct desk_text *as)
{
	if (c == '\n' && as->lines)
		return NULL;
	if (is_control(c))
		return " ";
	if (!as->markup)
		return NULL;
	return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
}

void desk_text(struct buf *to, const char *text, const struct desk_text *as)
{
	size_t n;

	for (const char *p = text; *p; p += n) {
		uint32_t c = '?';
		size_t bytes = character((const unsigned char *)p, &c);
		const char *instead = bytes ? stand_in(c, as) : "?";

		n = bytes ? bytes : 1;
		if ((size_t)(p - text) + n > as->most) {
			add(to, "…");
			break;
		}
		if (instead)
			add(to, instead);
		else
			(void)buf_write(to, p, n);
	}
	(void)buf_write(to, "", 1);
}

static bool is_reminder(const char *name)
{
	size_t n = strnlen(name, DESK_NAME_MAX + 1);

	return n > 0 && n <= DESK_NAME_MAX && strspn(name, REMINDER_CHARACTERS) == n;
}

bool desk_key(enum desk_button button, const char *reminder, char out[DESK_KEY_SIZE])
{
	if (!is_reminder(reminder))
		return false;
	snprintf(out, DESK_KEY_SIZE, "%s%s", prefixes[button], reminder);
	return true;
}

bool desk_key_read(const char *key, enum desk_button *ret_button,
		   const char **ret_reminder)
{
	for (unsigned i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t n = strlen(prefixes[i]);
		if (strncmp(key, prefixes[i], n) != 0 || !is_reminder(key + n))
			continue;
		*ret_button = i;
		*ret_reminder = key + n;
		return true;
	}
	return false;
}
