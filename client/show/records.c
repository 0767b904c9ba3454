/* Whole records: written to a file, backed up, put back. */
#include "client/show/answers.h"

/* "all.json: 212 activities" */
void show_exported(const struct show *v, const struct exported *r)
{
	if (r->file)
		screen_line(&v->s, "%s: %s", r->file,
			    show_count(v, r->activities, "activity", "activities"));
}

void show_backed_up(const struct show *v, const struct backed_up *r)
{
	struct arena *a = v->s.a;

	screen_line(&v->s, "%s", r->folder);
	screen_line(&v->s, "  %lld KiB of records, %s, %lld of them new%s",
		    (long long)(r->bytes / 1024),
		    show_count(v, r->proofs, "proof", "proofs"), (long long)r->added,
		    r->removed > 0
			    ? arena_printf(a, "; %s removed",
					   show_count(v, r->removed, "older backup",
						      "older backups"))
			    : "");
	screen_line(&v->s, "Put it back: pdh restore %s", r->folder);
}

void show_restored(const struct show *v, const struct restored *r)
{
	bool dry = r->dry_run > 0;

	screen_line(&v->s, "%s   %s, %s", dry ? "would be" : "now",
		    show_count(v, r->activities, "activity", "activities"),
		    show_count(v, r->proofs, "proof", "proofs"));
	screen_line(&v->s, "before     %s; %s since then %s",
		    show_count(v, r->before, "activity", "activities"),
		    show_count(v, r->changes, "change", "changes"),
		    dry ? "would go" : "went");
	if (dry)
		screen_line(&v->s, "Nothing was done.");
	else if (r->kept)
		screen_line(&v->s, "What was there is kept: %s", r->kept);
}
