#include "client/read/xml.h"

#include <expat.h>
#include <string.h>

enum { DEEPEST = 64, LONGEST = 1 << 20 };

struct xml {
	XML_Parser parser;
	const struct xml_told *told;
	struct buf text;
	int depth, failed;
	const char *why; /* NULL: the caller has set the error */
};

static const char *bare(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(bare(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}

static void stop(struct xml *x, const char *why)
{
	x->failed = -PDH_REFUSED;
	x->why = why;
	(void)XML_StopParser(x->parser, XML_FALSE);
}

static void XMLCALL begin(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *x = data;

	x->text.len = 0;
	if (x->failed)
		return;
	if (++x->depth > DEEPEST)
		stop(x, "it is too deep");
	else if (x->told->begin &&
		 x->told->begin(x->told->data, bare(name), attributes) < 0)
		stop(x, NULL);
}

static void XMLCALL end(void *data, const XML_Char *name)
{
	struct xml *x = data;

	x->depth--;
	if (x->failed)
		return;
	(void)buf_write(&x->text, "", 1);
	if (x->told->end && x->told->end(x->told->data, bare(name), x->text.data) < 0)
		stop(x, NULL);
	x->text.len = 0;
}

static void XMLCALL text(void *data, const XML_Char *s, int n)
{
	struct xml *x = data;

	if (!x->failed && buf_write(&x->text, s, (size_t)n) < 0)
		stop(x, "a text in it is too long");
}

static void XMLCALL doctype(void *data, const XML_Char *name, const XML_Char *system,
			    const XML_Char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(data, "it declares a document type");
}

int xml_read(const char *from, size_t n, const char *what, const struct xml_told *told,
	     struct err *e)
{
	struct xml x = {.told = told, .text = {.max = LONGEST}};

	x.parser = XML_ParserCreate(NULL);
	if (!x.parser)
		oom();
	XML_SetUserData(x.parser, &x);
	XML_SetElementHandler(x.parser, begin, end);
	XML_SetCharacterDataHandler(x.parser, text);
	XML_SetStartDoctypeDeclHandler(x.parser, doctype);
	/* A file has 64 MiB at most. */
	bool read = XML_Parse(x.parser, from, (int)n, 1) == XML_STATUS_OK;
	unsigned long line = XML_GetCurrentLineNumber(x.parser);
	if (!read && !x.failed)
		x.why = XML_ErrorString(XML_GetErrorCode(x.parser));
	if (!read && x.why)
		err_set(e, -PDH_REFUSED, NULL, "%s, line %lu: %s", what, line, x.why);
	XML_ParserFree(x.parser);
	buf_done(&x.text);
	return read ? 0 : e->code;
}
