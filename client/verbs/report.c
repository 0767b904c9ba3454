#include "client/verbs/report.h"

#include "client/out/json.h"
#include "client/term/screen.h"

#include <string.h>

void report_error(const struct err *e, bool json, const struct term *t, FILE *out)
{
	enum { INDENT = 5 }; /* strlen("pdh: ") */
	AUTO_ARENA a = {0};
	/* A log takes whole lines; only a terminal needs them broken. */
	struct screen s = {
		.t = t, .a = &a, .out = out, .width = t->tty ? t->width : TERM_WIDTH_MAX};

	if (json) {
		json_print_error(e, out);
		return;
	}
	(void)fputs("pdh: ", out);
	screen_text(&s, INDENT, INDENT, e->message);
	if (e->hint[0]) {
		(void)fprintf(out, "%*s", INDENT, "");
		screen_text(&s, INDENT, INDENT, e->hint);
	}
}

void report_note(const char *text, bool json, const struct term *t, FILE *out)
{
	AUTO_ARENA a = {0};
	struct screen s = {
		.t = t, .a = &a, .out = out, .width = t->tty ? t->width : TERM_WIDTH_MAX};

	if (json) {
		json_print_note(text, out);
		return;
	}
	(void)fputs("pdh: note: ", out);
	screen_text(&s, (int)strlen("pdh: note: "), (int)strlen("pdh: "), text);
}
