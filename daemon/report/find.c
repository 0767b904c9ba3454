/* Which cycle a report is about, and of whom. */
#include "daemon/report/report.h"

#include "daemon/judge/held_in.h"

int report_find(struct work *w, const char *credential, const char *cycle,
		civil_day as_of, struct held *ret, civil_day *ret_day, struct err *e)
{
	struct held_list all;
	struct held *h;

	int r = held_as_of(w, as_of, ret_day, &all, e);
	if (r == 0)
		r = held_pick(&all, credential, "credential", &h, e);
	if (r < 0)
		return r;
	*ret = *h;
	r = held_in(w, cycle, ret, e);
	if (r == 0 && as_of == DATE_NONE)
		*ret_day = held_in_day(w, ret, as_of);
	return r;
}

int report_person(struct work *w, const char **ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_person_get, &s, e);

	*ret = NULL;
	if (r == 0)
		r = db_step(w->db, s, e);
	if (r > 0)
		*ret = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}
