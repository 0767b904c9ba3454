#include "client/verbs/ask.h"

#include "client/term/screen.h"
#include "client/term/text.h"
#include "common/ascii.h"

#include <stdarg.h>
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

static void put_question(const struct term *t, FILE *out, const char *text)
{
	AUTO_ARENA a = {0};

	text_put(out, text_safe(t, &a, text));
	(void)fflush(out);
}

/* 1: yes; 0: no, or something else; -1: an empty line; -2: the end of the input. */
static int ask(const struct term *t, FILE *in, FILE *out, const char *answers,
	       const char *fmt, va_list args)
{
	char question[ASK_SIZE], line[ASK_SIZE];

	vsnprintf(question, sizeof(question), fmt, args);
	put_question(t, out, question);
	put_question(t, out, answers);
	if (!read_line(in, line))
		return -2;
	return *line ? ascii_same(line, "y") || ascii_same(line, "yes") : -1;
}

bool ask_yes(const struct term *t, FILE *in, FILE *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	int answer = ask(t, in, out, " [y/N] ", fmt, args);
	va_end(args);
	return answer == 1;
}

bool ask_usual(const struct term *t, FILE *in, FILE *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	int answer = ask(t, in, out, " [Y/n] ", fmt, args);
	va_end(args);
	return answer == 1 || answer == -1;
}

bool ask_line(const struct term *t, FILE *in, FILE *out, const char *question,
	      const char *proposal, char line[ASK_SIZE])
{
	put_question(t, out, question);
	if (proposal) {
		put_question(t, out, " [");
		put_question(t, out, proposal);
		put_question(t, out, "]");
	}
	put_question(t, out, ": ");
	if (!read_line(in, line))
		return false;
	if (!*line && proposal)
		snprintf(line, ASK_SIZE, "%s", proposal);
	return true;
}
