/* One step beside what a person has. */
#pragma once

#include "common/texts.h"
#include "daemon/path/path.h"

struct matched {
	enum step_state state; /* MET, RUNNING, MISSING, UNSURE or ATTEST */
	const char *have, *why;
	civil_day met_on, expires;
};

/* Of a step that is no group. */
void path_match(const struct step *s, const struct path_case *c, struct matched *ret);

/* The same of steps that add up: years and credits. match_sum.c */
void path_match_years(const struct step *s, const struct path_case *c,
		      struct matched *ret);
void path_match_credits(const struct step *s, const struct path_case *c,
			struct matched *ret);

/* Whether a title is one of some words, or has one of them as words in it: "Classroom teacher, grade 4" is
 * "classroom teacher". Without words anything is. */
bool path_is_called(const char *title, const char *what, const struct texts *words,
		    struct arena *a);

/* "MLIS, UNT, 15 May 2021" */
const char *path_have_text(const struct have *h, struct arena *a);
