/* Whole records: written to a file. */
#include "client/show/answers.h"

/* "all.json: 212 activities" */
void show_exported(const struct show *v, const struct exported *r)
{
	if (r->file)
		screen_line(&v->s, "%s: %s", r->file,
			    show_count(v, r->activities, "activity", "activities"));
}
