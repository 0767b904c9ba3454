#include "client/cli/blame.h"

#include "common/ascii.h"

#include <stdio.h>
#include <string.h>

const char *blame_name(const struct field *f, char out[BLAME_SIZE])
{
	if (f->how[0] == '-') {
		snprintf(out, BLAME_SIZE, "%.*s", (int)strcspn(f->how, ","), f->how);
		return out;
	}
	snprintf(out, BLAME_SIZE, "%s", f->name);
	for (char *p = out; *p; p++)
		if (*p == '_')
			*p = ' ';
	/* "ids", of which each word is one. */
	size_t n = strlen(out);
	if (strchr(f->how, '+') && !kind_is_text(f->kind) && out[n - 1] == 's')
		out[n - 1] = '\0';
	return out;
}

/* "Whose cycle? Name the credential." says itself what is to be given. */
static bool is_question(const char *message)
{
	return message[0] >= 'A' && message[0] <= 'Z' && strstr(message, "? ");
}

/* "is too long" says something about what is named before it; other messages are whole sentences. */
static bool wants_subject(const char *message)
{
	static const char *const verbs[] = {
		"is ",	 "has ",     "cannot be ", "takes ", "changed ", "needs ",
		"must ", "may not ", "wants ",	   "knows ", "ends "};

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strncmp(message, verbs[i], strlen(verbs[i])) == 0)
			return true;
	return false;
}

int blame_subject(struct err *e, const char *subject)
{
	return err_reword(e, "%s%s %s", subject, wants_subject(e->message) ? "" : ":",
			  e->message);
}

void blame_field(struct err *e, const struct field *f, const char *typed)
{
	char name[BLAME_SIZE];

	if (!typed)
		typed = blame_name(f, name);
	if (wants_subject(e->message) || (typed[0] == '-' && !is_question(e->message)) ||
	    strncmp(e->message, "text ", 5) == 0)
		blame_subject(e, typed);
	if (!e->field[0])
		snprintf(e->field, sizeof(e->field), "%s", f->name);
}

void blame_daemon(struct err *e, const struct method *m)
{
	size_t n = strcspn(e->field, ".[");
	const struct field *f = n ? shape_find(m->params, e->field, n) : NULL;
	char usage[USAGE_SIZE];

	if (f && f->how[0])
		blame_field(e, f, NULL);
	else if (e->field[0] && wants_subject(e->message))
		blame_subject(e, e->field);
	if (e->code == -PDH_USAGE && f && !e->hint[0] && m->verb[0]) {
		blame_usage(m, usage);
		err_hint(e, "%s", usage);
	}
}

static void add(char out[USAGE_SIZE], const char *text)
{
	size_t n = strlen(out);

	snprintf(out + n, USAGE_SIZE - n, "%s", text);
}

static void add_place(char out[USAGE_SIZE], const struct field *f)
{
	char name[BLAME_SIZE], shown[BLAME_SIZE + 8];

	blame_name(f, name);
	for (char *p = name; *p; p++)
		*p = ascii_upper(*p);
	const char *more = strchr(f->how, '+') ? "..." : "";
	snprintf(shown, sizeof(shown), f->required ? " %s%s" : " [%s%s]", name, more);
	add(out, shown);
}

void blame_usage(const struct method *m, char out[USAGE_SIZE])
{
	snprintf(out, USAGE_SIZE, "usage: pdh %s", m->verb);
	for (char place = '1'; place <= '9'; place++)
		for (size_t i = 0; i < m->params->n; i++)
			if (m->params->fields[i].how[0] == place)
				add_place(out, &m->params->fields[i]);
	add(out, " [options]");
}
