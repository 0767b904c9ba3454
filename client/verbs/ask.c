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

bool ask_yes(const struct term *t, FILE *in, FILE *out, const char *fmt, ...)
{
	char question[ASK_SIZE], line[ASK_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(question, sizeof(question), fmt, args);
	va_end(args);
	put_question(t, out, question);
	put_question(t, out, " [y/N] ");
	return read_line(in, line) && (ascii_same(line, "y") || ascii_same(line, "yes"));
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
