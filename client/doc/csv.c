#include "client/doc/render.h"

#include <string.h>

bool doc_csv_is_formula(const char *text)
{
	text += strspn(text, "'");
	return *text && strchr("=+-@\t\r", *text);
}

void doc_csv_cell(FILE *out, const char *text, bool last)
{
	text = text ? text : "";
	bool quoted = strpbrk(text, ",\"\r\n") || *text == ' ';

	if (quoted)
		(void)putc('"', out);
	if (doc_csv_is_formula(text))
		(void)putc('\'', out);
	for (const char *p = text; *p; p++) {
		if (*p == '"')
			(void)putc('"', out);
		(void)putc(*p, out);
	}
	if (quoted)
		(void)putc('"', out);
	(void)fputs(last ? "\r\n" : ",", out);
}
