#include "client/term/visible.h"

#include "common/character.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* Characters without a width that Unicode does not count among the format characters: fillers, joiners of graphemes,
 * selectors of Mongolian (DerivedCoreProperties.txt, Default_Ignorable_Code_Point). The selectors of emoji stay, for they
 * show. */
static bool is_filler(uint32_t c)
{
	static const uint32_t fillers[] = {0x34f,  0x115f, 0x1160, 0x17b4,
					   0x17b5, 0x180b, 0x180c, 0x180d,
					   0x180f, 0x2065, 0x3164, 0xffa0};

	for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
		if (fillers[i] == c)
			return true;
	return c >= 0xe0000 && c < 0xe1000;
}

static bool is_unseen(uint32_t c)
{
	return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_CF ||
	       is_filler(c);
}

/* One step through a text: the bytes that belong together, and the character that they are. */
struct step {
	const char *at;
	size_t n;
	uint32_t c;
	bool broken;   /* not UTF-8 */
	bool commands; /* a control character, or one that turns the direction */
	bool unseen;
};

static struct step step_at(const char *p)
{
	struct step s = {.at = p};

	s.n = text_character(p, &s.c);
	s.broken = s.c >= NO_CHARACTER;
	s.commands = !s.broken && text_is_control(s.c);
	s.unseen = !s.broken && s.c >= 0x80 && is_unseen(s.c);
	return s;
}

static void put(FILE *out, const struct step *s)
{
	if (s->broken)
		(void)fputs(REPLACEMENT, out);
	else
		(void)fwrite(s->at, 1, s->n, out);
}

void visible_put_column(FILE *out, const char *text)
{
	static const char raw[] = "\t\n\\", written[] = "tn\\";

	while (*text) {
		const struct step s = step_at(text);
		const char *at = s.c < 0x80 ? strchr(raw, (int)s.c) : NULL;
		if (at)
			(void)fprintf(out, "\\%c", written[at - raw]);
		else if (s.commands || s.unseen)
			(void)fprintf(out, s.c > 0xffff ? "\\U%08x" : "\\u%04x", s.c);
		else
			put(out, &s);
		text += s.n;
	}
}

void visible_put_line(FILE *out, const char *text)
{
	while (*text) {
		const struct step s = step_at(text);
		if (s.commands)
			(void)putc(' ', out);
		else if (!s.unseen)
			put(out, &s);
		text += s.n;
	}
}

static void put_json_escape(FILE *out, uint32_t c)
{
	enum { BEYOND = 0x10000, HIGH = 0xd800, LOW = 0xdc00, BITS = 10, MASK = 0x3ff };

	if (c >= BEYOND)
		(void)fprintf(out, "\\u%04X\\u%04X", HIGH + ((c - BEYOND) >> BITS),
			      LOW + ((c - BEYOND) & MASK));
	else
		(void)fprintf(out, "\\u%04X", c);
}

/* Characters beyond ASCII stand in strings alone, and there control characters of ASCII are escaped already, but for
 * the last. */
void visible_put_json(FILE *out, const char *document)
{
	const char *from = document;

	while (*document) {
		if (*document >= ' ' && *document < 0x7f) {
			document++;
			continue;
		}
		const struct step s = step_at(document);
		if (s.commands || s.unseen) {
			(void)fwrite(from, 1, (size_t)(document - from), out);
			put_json_escape(out, s.c);
			from = document + s.n;
		}
		document += s.n;
	}
	(void)fwrite(from, 1, (size_t)(document - from), out);
}

void visible_put_document(FILE *out, const char *text, int tty)
{
	while (*text) {
		const struct step s = step_at(text);
		bool line =
			s.c == '\n' || s.c == '\t' || (s.c == '\r' && text[1] == '\n');
		bool turns = s.commands && s.c >= 0x2028;
		if (line || !(s.commands || s.unseen))
			put(out, &s);
		else if (s.commands && !turns)
			(void)fputs(REPLACEMENT, out);
		else if (!tty)
			put(out, &s);
		text += s.n;
	}
}
