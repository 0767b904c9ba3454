#include "client/verbs/ask.h"

#include "client/term/screen.h"
#include "client/term/text.h"
#include "common/ascii.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* What does not fit into the line is dropped with it, so that the next question is not answered by it. */
static bool read_line(FILE *in, char line[ASK_SIZE])
{
	if (!fgets(line, ASK_SIZE, in))
		return false;
	if (!strchr(line, '\n'))
		for (int c = getc(in); c != EOF && c != '\n';)
			c = getc(in);
	char *from = line + strspn(line, " \t"), *end = from + strlen(from);
	while (end > from && ascii_is_space(end[-1]))
		end--;
	*end = '\0';
	memmove(line, from, (size_t)(end - from) + 1);
	return true;
}

/* Broken at words; the cursor stays behind the last of them. */
static void put_question(const struct term *t, FILE *out, const char *text)
{
	AUTO_ARENA a = {0};
	const struct screen s = {.t = t, .a = &a, .out = out, .width = t->width - 1};
	const char *safe = text_safe(t, &a, text);
	int at = 0;

	while (*safe) {
		size_t n = strcspn(safe, " ");
		const struct piece word = {.text = arena_dup_n(&a, safe, n),
					   .gap = at ? 1 : 0};
		at = screen_pieces(&s, at, 0, &word, 1);
		safe += n + strspn(safe + n, " ");
	}
	text_space(out, 1);
	(void)fflush(out);
}

/* 1: yes; 0: no, or something else; -1: an empty line; -2: the end of the input. */
static int ask(const struct term *t, FILE *in, FILE *out, const char *answers,
	       const char *fmt, va_list args)
{
	char question[ASK_SIZE], line[ASK_SIZE];
	AUTO_ARENA a = {0};

	vsnprintf(question, sizeof(question), fmt, args);
	put_question(t, out, arena_printf(&a, "%s %s", question, answers));
	if (!read_line(in, line))
		return -2;
	return *line ? ascii_same(line, "y") || ascii_same(line, "yes") : -1;
}

bool ask_yes(const struct term *t, FILE *in, FILE *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	int answer = ask(t, in, out, "[y/N]", fmt, args);
	va_end(args);
	return answer == 1;
}

bool ask_usual(const struct term *t, FILE *in, FILE *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	int answer = ask(t, in, out, "[Y/n]", fmt, args);
	va_end(args);
	return answer == 1 || answer == -1;
}

bool ask_line(const struct term *t, FILE *in, FILE *out, const char *question,
	      const char *proposal, char line[ASK_SIZE])
{
	AUTO_ARENA a = {0};

	put_question(t, out,
		     proposal ? arena_printf(&a, "%s [%s]:", question, proposal)
			      : arena_printf(&a, "%s:", question));
	if (!read_line(in, line))
		return false;
	if (!*line && proposal)
		snprintf(line, ASK_SIZE, "%s", proposal);
	return true;
}

/* ---- menus -------------------------------------------------------------------------------------- */

/* Whether `text` begins with what was typed, and *ret_whole: is it. */
static bool begins_with(const char *text, const char *typed, bool *ret_whole)
{
	while (text && *typed && *text) {
		bool gaps = strchr(" -_", *typed) && strchr(" -_", *text);
		if (!gaps && ascii_lower(*typed) != ascii_lower(*text))
			return false;
		typed++;
		text++;
	}
	*ret_whole = text && !*text && !*typed;
	return text && !*typed;
}

static bool is_number(const char *s)
{
	return *s && !s[strspn(s, "0123456789")];
}

static bool are_numbers(const struct ask_options *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (!is_number(o->v[i].label))
			return false;
	return true;
}

/* "2" of a menu of three: 1; -1 for anything else. */
static int number_of(const struct ask_options *o, const char *line)
{
	enum { LONGEST = 3 };

	if (!is_number(line) || strlen(line) > LONGEST || are_numbers(o))
		return -1;
	long number = strtol(line, NULL, 10);
	return number >= 1 && (size_t)number <= o->n ? (int)number - 1 : -1;
}

int ask_option_of(const struct ask_options *o, const char *line)
{
	int found = number_of(o, line), count = 0;

	if (found >= 0 || !*line)
		return found;
	for (size_t i = 0; i < o->n; i++) {
		bool whole = false, whole_word = false;
		bool fits = begins_with(o->v[i].label, line, &whole);
		fits |= begins_with(o->v[i].word, line, &whole_word);
		if (whole || whole_word)
			return (int)i;
		found = fits ? (int)i : found;
		count += fits;
	}
	return count == 1 ? found : -1;
}

void ask_show_options(const struct term *t, FILE *out, const struct ask_options *o)
{
	enum { INDENT = 2, MOST_OF_ONE = 9 };
	AUTO_ARENA a = {0};
	const struct screen s = {.t = t, .a = &a, .out = out, .width = t->width};
	bool plain = are_numbers(o);

	for (size_t i = 0; i < o->n; i++) {
		const struct piece number = {
			.text = plain ? "" : arena_printf(&a, "%zu", i + 1),
			.width = plain		      ? 0
				 : o->n > MOST_OF_ONE ? 2
						      : 1,
			.right = true};
		text_space(out, INDENT);
		int at = screen_pieces(&s, INDENT, INDENT, &number, 1);
		int gap = plain ? 0 : 2;
		text_space(out, gap);
		screen_text(&s, at + gap, at + gap, o->v[i].label);
	}
}

/* What is typed into a menu: "Number or word (Enter: tell it later)". */
static const char *pick_text(const struct ask_options *o, const char *left_out,
			     struct arena *a)
{
	const char *pick = are_numbers(o) ? "One of these" : "Number or word";

	return left_out ? arena_printf(a, "%s (Enter: %s)", pick, left_out) : pick;
}

static const char *usual_text(const struct ask_options *o, int usual, struct arena *a)
{
	if (usual < 0)
		return NULL;
	return are_numbers(o) ? o->v[usual].label : arena_printf(a, "%d", usual + 1);
}

bool ask_menu(const struct term *t, FILE *in, FILE *out, const char *question,
	      const struct ask_options *o, const char *left_out, int *chosen)
{
	AUTO_ARENA a = {0};
	const struct screen s = {.t = t, .a = &a, .out = out, .width = t->width};
	const char *pick = pick_text(o, *chosen < 0 ? left_out : NULL, &a);
	const char *usual = usual_text(o, *chosen, &a);
	char line[ASK_SIZE];

	screen_line(&s, "%s", question);
	ask_show_options(t, out, o);
	while (ask_line(t, in, out, pick, usual, line)) {
		*chosen = ask_option_of(o, line);
		if (*chosen >= 0 || (!*line && left_out))
			return true;
		if (*line)
			screen_line(&s,
				    "\"%s\" is none of these, or several; type the "
				    "number of a line",
				    line);
		else
			screen_line(&s, "give one of these");
	}
	return false;
}
