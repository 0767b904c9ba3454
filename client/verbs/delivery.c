#include "client/verbs/delivery.h"

#include <string.h>
#include <time.h>

/* A channel may take 600 s; the daemon ends each by then, and begins another. */
enum { FIRST_MS = 10, LONGEST_MS = 250, PATIENCE_MS = 700 * 1000 };

static void pause_ms(long ms)
{
	const struct timespec t = {ms / 1000, ms % 1000 * 1000000};

	(void)nanosleep(&t, NULL);
}

static int ask(struct call *c, int64_t since, struct answer *ret, struct err *e)
{
	enum { MOST = 1000 };
	const struct reminder_log_params p = {
		.limit = MOST, .before = INT_NONE, .since = since};

	return call_method(c, &api_methods[METHOD_reminder_log], &p, false, ret, e);
}

/* What was sent, or is on its way: no tests, answers, and what was passed over. */
static void keep_sent(struct reminder_log *log)
{
	size_t n = 0;

	for (size_t i = 0; i < log->entries.n; i++) {
		const struct log_entry *entry = &log->entries.v[i];
		bool tried = entry->took_ms != INT_NONE || !entry->outcome ||
			     entry->outcome == OUTCOME_INTERRUPTED;
		if (tried && strcmp(entry->reminder, "test") != 0)
			log->entries.v[n++] = *entry;
	}
	log->entries.n = n;
}

int delivery_wait(struct call *c, struct answer *ans, struct err *e)
{
	struct reminder_log *log = ans->record;
	int64_t since = log->since, open = log->open;
	const struct method *m = ans->method;
	long pause = FIRST_MS, waited = 0;

	while (log->open > 0 && log->dry_run <= 0 && waited < PATIENCE_MS) {
		pause_ms(pause);
		waited += pause;
		pause = pause * 2 < LONGEST_MS ? pause * 2 : LONGEST_MS;
		answer_done(ans);
		int r = ask(c, since, ans, e);
		if (r < 0)
			return r;
		log = ans->record;
		if (log->open < open)
			waited = 0;
		open = log->open;
	}
	if (m == &api_methods[METHOD_reminder_run])
		keep_sent(log);
	else if (ans->method == m)
		return 0;
	if (ans->method != m)
		log->dry_run = 0;
	answer_done(ans);
	answer_local(m, log, c->arena, ans);
	return 0;
}

int delivery_exit_status(const struct reminder_log *log)
{
	for (size_t i = 0; i < log->entries.n; i++)
		if (log->entries.v[i].outcome == OUTCOME_FAILED)
			return 1;
	return 0;
}
