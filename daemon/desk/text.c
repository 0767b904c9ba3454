#include "daemon/desk/text.h"

#include "common/character.h"

#include <stdio.h>
#include <string.h>

#define REMINDER_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789+/_-"

static const char *const prefixes[] = {
	[DESK_ACKNOWLEDGE] = "pdh-ack ",
	[DESK_SNOOZE] = "pdh-snooze ",
};

static void add(struct buf *to, const char *text)
{
	(void)buf_write(to, text, strlen(text));
}

/* What stands for the character instead of itself; NULL for none. */
static const char *stand_in(uint32_t c, const struct desk_text *as)
{
	if (c == '\n' && as->lines)
		return NULL;
	if (text_is_control(c))
		return " ";
	if (!as->markup)
		return NULL;
	return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
}

void desk_text(struct buf *to, const char *text, const struct desk_text *as)
{
	size_t n;

	for (const char *p = text; *p; p += n) {
		uint32_t c;
		n = text_character(p, &c);
		const char *instead = c >= NO_CHARACTER ? "?" : stand_in(c, as);
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
