#include "daemon/remind/words.h"

#include "daemon/remind/channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next word of a list separated by commas, without the blanks around it; NULL at its end. */
static const char *next_word(const char **rest, struct arena *a)
{
	*rest += strspn(*rest, ", ");
	if (!**rest)
		return NULL;
	size_t n = strcspn(*rest, ",");
	const char *word = *rest;
	*rest += n;
	while (n && word[n - 1] == ' ')
		n--;
	return arena_dup_n(a, word, n);
}

/* ---- days ----------------------------------------------------------------------------------- */

static int most_first(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

void remind_sort(struct remind_policy *p)
{
	size_t n = 0;

	qsort(p->rungs, p->n, sizeof(p->rungs[0]), most_first);
	for (size_t i = 0; i < p->n; i++)
		if (n == 0 || p->rungs[n - 1] != p->rungs[i])
			p->rungs[n++] = p->rungs[i];
	p->n = n;
}

const char *remind_days_text(const struct remind_policy *p, bool after, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < p->n; i++)
		if ((p->rungs[i] < 0) == after)
			text = arena_printf(a, "%s%s%dd", text, *text ? ", " : "",
					    abs(p->rungs[i]));
	return text;
}

/* Takes one number of days off `text`, with "d" or without; 0 at its end, -1 where there is none. */
static int next_days(const char **text, long *ret)
{
	char *end;

	*text += strspn(*text, ", ");
	if (!**text)
		return 0;
	if (**text < '0' || **text > '9')
		return -1;
	*ret = strtol(*text, &end, 10);
	end += *end == 'd';
	*text = end;
	return *end && *end != ',' && *end != ' ' ? -1 : 1;
}

int remind_read_days(struct remind_policy *p, bool after, const char *text, struct err *e)
{
	const char *field = after ? "after" : "lead", *rest = text;
	long least = after ? 1 : 0, most = after ? REMIND_AFTER_MAX : REMIND_LEAD_MAX;
	long days;
	int r;

	while ((r = next_days(&rest, &days)) > 0) {
		if (days < least || days > most)
			return err_set(e, -PDH_USAGE, field, "must be from %ldd to %ldd",
				       least, most);
		if (p->n == REMIND_RUNGS)
			return err_set(e, -PDH_USAGE, field,
				       "makes more than %d reminders of one day",
				       REMIND_RUNGS);
		p->rungs[p->n++] = (int)(after ? -days : days);
	}
	if (r < 0)
		return err_set(e, -PDH_USAGE, field,
			       "\"%.40s\" is not a list of days such as 90d,30d,1d",
			       text);
	return 0;
}

/* ---- times of the day ----------------------------------------------------------------------- */

int remind_read_minute(const char *text, int *ret, struct err *e)
{
	unsigned hour, minute;
	char end;

	if (sscanf(text, "%2u:%2u%c", &hour, &minute, &end) != 2 || hour > 23 ||
	    minute > 59)
		return err_set(e, -PDH_USAGE, "at", "is a time of the day such as 08:00");
	*ret = (int)(hour * 60 + minute);
	return 0;
}

const char *remind_minute_text(int minute, struct arena *a)
{
	return arena_printf(a, "%02d:%02d", minute / 60, minute % 60);
}

int remind_read_quiet(struct remind_policy *p, const char *text, struct err *e)
{
	unsigned from_hour, from, to_hour, to;
	char end;

	p->quiet_from = p->quiet_to = 0;
	if (!*text)
		return 0;
	if (sscanf(text, "%2u:%2u-%2u:%2u%c", &from_hour, &from, &to_hour, &to, &end) !=
		    4 ||
	    from_hour > 23 || from > 59 || to_hour > 23 || to > 59)
		return err_set(
			e, -PDH_USAGE, "quiet",
			"is two times of the day such as 18:00-07:30, or \"\" for none");
	p->quiet_from = (int)(from_hour * 60 + from);
	p->quiet_to = (int)(to_hour * 60 + to);
	return 0;
}

const char *remind_quiet_text(const struct remind_policy *p, struct arena *a)
{
	if (p->quiet_from == p->quiet_to)
		return "";
	return arena_printf(a, "%s-%s", remind_minute_text(p->quiet_from, a),
			    remind_minute_text(p->quiet_to, a));
}

/* ---- channels ------------------------------------------------------------------------------- */

static int add_way(struct remind_policy *p, const char *field, const char *word, int from,
		   struct arena *a, struct err *e)
{
	const char *channel;
	int r = channel_read_way(word, field, a, &channel, e);

	if (r < 0)
		return r;
	for (size_t i = 0; i < p->ways_n; i++)
		if (strcmp(p->ways[i].channel, channel) == 0) {
			if (from > p->ways[i].from)
				p->ways[i].from = from;
			return 0;
		}
	if (p->ways_n == REMIND_WAYS)
		return err_set(e, -PDH_USAGE, field, "names more than %d channels",
			       REMIND_WAYS);
	p->ways[p->ways_n++] = (struct remind_way){channel, from};
	return 0;
}

int remind_read_by(struct remind_policy *p, const char *text, struct arena *a,
		   struct err *e)
{
	const char *word;
	int r = 0;

	while (r == 0 && (word = next_word(&text, a)))
		r = add_way(p, "by", word, REMIND_ALWAYS, a, e);
	return r;
}

int remind_read_from(struct remind_policy *p, const char *text, struct arena *a,
		     struct err *e)
{
	char *end;
	long days = strtol(text, &end, 10);
	bool number =
		end > text && *text >= '0' && *text <= '9' && days <= REMIND_LEAD_MAX;

	end += *end == 'd';
	if (!number || *end != ' ')
		return err_set(e, -PDH_USAGE, "from",
			       "\"%.40s\" is not days and a channel such as \"30d mail\"",
			       text);
	return add_way(p, "from", end + strspn(end, " "), (int)days, a, e);
}

int remind_read_ways(struct remind_policy *p, const char *lines, struct arena *a,
		     struct err *e)
{
	int r = 0;

	while (r == 0 && *lines) {
		size_t n = strcspn(lines, "\n");
		const char *line = arena_dup_n(a, lines, n);
		r = *line >= '0' && *line <= '9'
			    ? remind_read_from(p, line, a, e)
			    : add_way(p, "by", line, REMIND_ALWAYS, a, e);
		lines += n + (lines[n] == '\n');
	}
	return r;
}

const char *remind_ways_text(const struct remind_policy *p, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < p->ways_n; i++) {
		const struct remind_way *way = &p->ways[i];
		const char *from = way->from == REMIND_ALWAYS
					   ? ""
					   : arena_printf(a, "%dd ", way->from);
		text = arena_printf(a, "%s%s%s%s", text, *text ? "\n" : "", from,
				    way->channel);
	}
	return text;
}

/* ---- days to skip ---------------------------------------------------------------------------- */

static int add_skip(struct remind_policy *p, const char *word, struct arena *a,
		    struct err *e)
{
	const char *dots = strstr(word, "..");
	const char *first = dots ? arena_dup_n(a, word, (size_t)(dots - word)) : word;
	civil_day from, to;
	struct err ignored;

	if (strcmp(word, "weekends") == 0) {
		p->skip_weekends = true;
		return 0;
	}
	if (date_parse_iso(first, &from, &ignored) < 0 ||
	    date_parse_iso(dots ? dots + 2 : word, &to, &ignored) < 0 || to < from)
		return err_set(e, -PDH_USAGE, "skip",
			       "\"%.40s\" is not weekends, a day such as 2026-11-26 or "
			       "days such as 2026-12-21..2027-01-02",
			       word);
	if (p->skips_n == REMIND_SKIPS)
		return err_set(e, -PDH_USAGE, "skip", "names more than %d days or ranges",
			       REMIND_SKIPS);
	p->skips[p->skips_n].from = from;
	p->skips[p->skips_n++].to = to;
	return 0;
}

int remind_read_skip(struct remind_policy *p, const char *text, struct arena *a,
		     struct err *e)
{
	const char *word;
	int r = 0;

	p->skip_weekends = false;
	p->skips_n = 0;
	while (r == 0 && (word = next_word(&text, a)))
		r = add_skip(p, word, a, e);
	return r;
}

const char *remind_skip_text(const struct remind_policy *p, struct arena *a)
{
	const char *text = p->skip_weekends ? "weekends" : "";
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	for (size_t i = 0; i < p->skips_n; i++) {
		date_format_iso(p->skips[i].from, from);
		date_format_iso(p->skips[i].to, to);
		bool range = p->skips[i].from != p->skips[i].to;
		text = arena_printf(a, "%s%s%s%s%s", text, *text ? ", " : "", from,
				    range ? ".." : "", range ? to : "");
	}
	return text;
}
