#include "daemon/loop/line.h"

#include "common/clock.h"
#include "common/log.h"
#include "common/replace.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int replace(const struct line *l, struct err *e)
{
	char iso[DATE_ISO_SIZE], line[DATE_ISO_SIZE + RPC_PROMPT_SIZE + 2];

	date_format_iso(l->day, iso);
	int n = snprintf(line, sizeof(line), "%s%s%s\n", iso, *l->text ? " " : "",
			 l->text);
	return file_replace(l->path, line, (size_t)n, 0600, e);
}

static void judge(struct line *l, civil_day today)
{
	char text[RPC_PROMPT_SIZE];
	struct err e;

	int r = rpc_prompt(l->rpc, today, text, &e);
	if (r == 0 && l->day == today && strcmp(text, l->text) == 0)
		return;
	if (r == 0) {
		l->day = today;
		memcpy(l->text, text, sizeof(text));
		r = replace(l, &e);
	}
	if (r == 0)
		return;
	/* None is better than a wrong one. It is tried again with the next change, or day. */
	l->day = today;
	memcpy(l->text, "?", 2);
	(void)unlink(l->path);
	log_warn("the line for prompts: %s", e.message);
}

void line_write(struct line *l)
{
	/* It is judged once the long write is over. */
	l->old = l->rpc->lent;
	if (!l->old)
		judge(l, clock_today());
}

void line_look(struct line *l)
{
	if (l->old || l->day != clock_today())
		line_write(l);
}

void line_move(struct line *l, const char *path)
{
	l->path = path;
	l->day = DATE_NONE;
	line_write(l);
}

void line_init(struct line *l, struct rpc *rpc, const char *path)
{
	*l = (struct line){.rpc = rpc, .path = path, .day = DATE_NONE};
}
