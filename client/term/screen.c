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

/* Bytes of the next line of `text` that is to fit into `width` columns; *ret_next: of what it takes with it. */
static size_t break_line(const char *text, int width, bool at_start, size_t *ret_next)
{
	int used;
	size_t fit = text_fit(text, width, &used), n = fit;

	while (text[fit] && n && text[n] != ' ')
		n--;
	/* A word longer than the line is broken, at least after its first grapheme. */
	for (; n == 0 && at_start && *text; width++)
		n = text_fit(text, width, &used);
	*ret_next = n + strspn(text + n, " ");
	while (n && text[n - 1] == ' ')
		n--;
	return n;
}

/* Bytes of the space that `p` begins with, which may be a no-break space; 0 for anything else. */
static size_t space_at(const char *p)
{
	return *p == ' ' ? 1 : strncmp(p, NBSP, strlen(NBSP)) == 0 ? strlen(NBSP) : 0;
}

/* Whether a command to copy begins at `p`: after a colon or a question ("Done? pdh edit 3 --done"), or where the caller bound
 * its words. In "pdh list shows them" pdh is the subject of a sentence. */
static bool begins_command(const char *text, const char *p)
{
	size_t gap = strncmp(p, "pdh", 3) == 0 ? space_at(p + 3) : 0;

	if (gap == 0)
		return false;
	if (p == text)
		return gap == strlen(NBSP);
	return p - text > 2 && p[-1] == ' ' && (p[-2] == ':' || p[-2] == '?');
}

/* Bytes of the command at `p`, up to what ends it outside of quotes. */
static size_t command_length(const char *p)
{
	bool quoted = false;
	size_t n = 0;

	for (; p[n]; n++) {
		if (p[n] == '"')
			quoted = !quoted;
		bool ends = strchr(".;,)", p[n]) && (p[n + 1] == ' ' || !p[n + 1]);
		bool aside = strncmp(p + n, " [", 2) == 0 || strncmp(p + n, " (", 2) == 0;
		if ((ends || aside) && !quoted && !(p[n] == '.' && n && p[n - 1] == '.'))
			break;
	}
	return n;
}

/* `text` on as many lines as it takes, the last of them ended. */
static void put_wrapped(const struct screen *s, int at, int hang, const char *text)
{
	bool at_start = at <= hang;

	while (*text) {
		size_t next, n = break_line(text, s->width - at, at_start, &next);
		text_put_n(s->out, text, n);
		text += next;
		if (*text)
			at = new_line(s, hang);
		at_start = true;
	}
	screen_end(s);
}

/* The first command of `text`; NULL: it has none. */
static const char *find_command(const char *text)
{
	for (const char *p = strstr(text, "pdh"); p; p = strstr(p + 1, "pdh"))
		if (begins_command(text, p))
			return p;
	return NULL;
}

/* Columns that a command of `n` bytes is indented by: no more than leaves room for it. */
static int command_indent(const struct screen *s, int hang, const char *command, size_t n)
{
	int width = text_width(arena_dup_n(s->a, command, n));
	int most = s->width > width ? s->width - width : 0;

	return hang < most ? hang : most;
}

/* A command to copy has a line of its own and is never broken: what a terminal wraps is still copied as one line. */
void screen_text(const struct screen *s, int at, int hang, const char *text)
{
	int most = s->width > LEAST ? s->width - LEAST : 0;
	const char *command;

	if (hang > most)
		hang = most;
	text = text_safe(s->t, s->a, text);
	text += strspn(text, " ");
	while (text_width(text) > s->width - at && (command = find_command(text))) {
		size_t n = command_length(command);
		if (command > text) {
			put_wrapped(
				s, at, hang,
				arena_dup_n(s->a, text, (size_t)(command - text - 1)));
			text_space(s->out, command_indent(s, hang, command, n));
		}
		text_put_n(s->out, command, n);
		text = command + n + strspn(command + n, ".;, ");
		screen_end(s);
		if (!*text)
			return;
		text_space(s->out, hang);
		at = hang;
	}
	put_wrapped(s, at, hang, text);
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
