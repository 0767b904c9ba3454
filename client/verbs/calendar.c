#include "client/verbs/calendar.h"

#include "common/replace.h"

#include <string.h>

int calendar_write(const struct calendar_get_params *p, struct answer *ans,
		   struct arena *a, struct err *e)
{
	const struct method *m = ans->method;
	struct calendar *c = ans->record;

	if (!p->out || strcmp(p->out, "-") == 0)
		return 0;
	if (!c->text)
		return err_set(e, -PDH_INCOMPATIBLE, NULL,
			       "the running pdhd does not make calendars");
	int r = file_replace(p->out, c->text, strlen(c->text), 0600, e);
	if (r < 0)
		return r;
	c->text = NULL;
	c->file = p->out;
	answer_done(ans);
	answer_local(m, c, a, ans);
	return 0;
}
