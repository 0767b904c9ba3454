#include "client/term/screen.h"

#include "client/term/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Columns below which a sentence is no pleasure to read, and below which it is not read at all. */
enum { READABLE = 24, LEAST = 6 };

void screen_end(const struct screen *s)
{
	fputc('\n', s->out);
}

static int new_line(const struct screen *s, int indent)
{
	screen_end(s);
	text_space(s->out, indent);
	return indent;
}

static void put_tinted(const struct screen *s, const char *text, enum tint tint)
{
	if (tint != TINT_NONE)
		fputs(term_tint(s->t, tint), s->out);
	text_put(s->out, text);
	if (tint != TINT_NONE)
		fputs(term_tint(s->t, TINT_NONE), s->out);
}

int screen_pieces(const struct screen *s, int at, int hang, const struct piece *pieces,
		  size_t n)
{
	bool first = at <= hang,
	     wrapped = false; /* first on its line; on a line begun here */
	int owed = 0;	      /* padding, written only if something follows on the line */

	for (size_t i = 0; i < n; i++) {
		const struct piece *p = &pieces[i];
		const char *text = text_safe(s->t, s->a, p->text);
		int width = text_width(text),
		    pad = p->width > width ? p->width - width : 0;

		if (width == 0 && p->width == 0)
			continue;
		int lead = (first && wrapped ? 0 : p->gap) + owed + (p->right ? pad : 0);
		if (width && !first && at + lead + width > s->width) {
			int most = s->width > width ? s->width - width : 0;
			at = new_line(s, hang < most ? hang : most);
			first = wrapped = true;
			lead = 0;
		}
		owed = p->right ? 0 : pad;
		if (width == 0) {
			owed += lead;
			continue;
		}
		if (at + lead + width > s->width)
			text = text_cut(s->t, s->a, text, s->width - at - lead);
		text_space(s->out, lead);
		put_tinted(s, text, p->tint);
		at += lead + text_width(text);
		first = false;
	}
	return at;
}

/* Bytes of a command to copy that begins at `p`, a place in the text `all`; 0: none does. One begins the text, or stands behind a
 * colon or "then", and ends with the text or before what goes on about it. */
static size_t command_length(const char *all, const char *p)
{
	bool quoted = false;
	const char *end = p;

	if ((strncmp(p, "pdh ", 4) != 0 && strncmp(p, "pdh" NBSP, 5) != 0) ||
	    (p != all && !(p - all >= 2 && memcmp(p - 2, ": ", 2) == 0) &&
	     !(p - all >= 5 && memcmp(p - 5, "then ", 5) == 0)))
		return 0;
	for (; *end; end++) {
		quoted ^= *end == '"';
		bool over = strchr(".,;)", *end) && (end[1] == ' ' || !end[1]);
		if (!quoted &&
		    (over || strncmp(end, " [", 2) == 0 || strncmp(end, " (", 2) == 0))
			break;
	}
	return (size_t)(end - p);
}

/* Where a line of `n` bytes would break a command it ends before it, or behind it where it begins with it. */
static size_t spare_command(const char *all, const char *line, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t length =
			i && line[i - 1] != ' ' ? 0 : command_length(all, line + i);
		if (length && n < i + length)
			return i ? i : length;
	}
	return n;
}

/* Bytes of the next line of `text` that is to fit into `width` columns; *ret_next: of what it takes with it. */
static size_t break_line(const char *all, const char *text, int width, bool at_start,
			 size_t *ret_next)
{
	int used;
	size_t fit = text_fit(text, width, &used), n = fit;

	while (text[fit] && n && text[n] != ' ')
		n--;
	/* A word longer than the line is broken, at least after its first grapheme. */
	for (; n == 0 && at_start && *text; width++)
		n = text_fit(text, width, &used);
	n = spare_command(all, text, n);
	*ret_next = n + strspn(text + n, " ");
	while (n && text[n - 1] == ' ')
		n--;
	return n;
}

void screen_text(const struct screen *s, int at, int hang, const char *text)
{
	int most = s->width > LEAST ? s->width - LEAST : 0;

	if (hang > most)
		hang = most;
	text = text_safe(s->t, s->a, text);
	text += strspn(text, " ");
	const char *all = text;
	bool at_start = at <= hang;
	while (*text) {
		size_t next, n = break_line(all, text, s->width - at, at_start, &next);
		text_put_n(s->out, text, n);
		text += next;
		int left = s->width - (int)command_length(all, text);
		if (*text)
			at = new_line(s, left < hang && left > 0 ? left : hang);
		at_start = true;
	}
	screen_end(s);
}

void screen_beside(const struct screen *s, int at, int gap, int fallback,
		   const char *text)
{
	if (!text || !*text) {
		screen_end(s);
		return;
	}
	if (s->width - at - gap >= READABLE) {
		text_space(s->out, gap);
		screen_text(s, at + gap, at + gap, text);
		return;
	}
	int start = new_line(s, fallback);
	screen_text(s, start, start, text);
}

void screen_line(const struct screen *s, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	int n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		oom();
	screen_text(s, 0, 0, text);
	free(text);
}

void screen_field(const struct screen *s, int label_width, const char *label,
		  const char *value)
{
	enum { INDENT = 2, GAP = 2 };

	if (!value || !*value)
		return;
	text_space(s->out, INDENT);
	int at = screen_pieces(s, INDENT, INDENT, &(struct piece){.text = label}, 1);
	int column = INDENT + label_width + GAP;
	if (s->width - column < READABLE)
		column = INDENT + GAP;
	while (*value) {
		size_t n = strcspn(value, "\n");
		if (at >= column)
			at = new_line(s, column);
		text_space(s->out, column - at);
		screen_text(s, column, column, arena_dup_n(s->a, value, n));
		value += n + (value[n] == '\n');
		at = 0;
	}
}

void screen_ends(const struct screen *s, const char *left, const struct piece *right)
{
	enum { NAME = 12 }; /* columns of a name that still tell it */
	int right_width = text_width(text_safe(s->t, s->a, right->text));
	int room = s->width - right_width - (right_width ? 2 : 0);
	const char *name = text_safe(s->t, s->a, left);

	if (room < NAME && text_width(name) > room) {
		screen_text(s, 0, 2, name);
		text_space(s->out, 2);
		screen_pieces(s, 2, 2, right, 1);
		screen_end(s);
		return;
	}
	name = text_cut(s->t, s->a, name, room);
	text_put(s->out, name);
	if (right_width) {
		text_space(s->out, s->width - text_width(name) - right_width);
		put_tinted(s, text_safe(s->t, s->a, right->text), right->tint);
	}
	screen_end(s);
}

const char *screen_dot(const struct screen *s)
{
	return s->t->utf8 ? " · " : ", ";
}
