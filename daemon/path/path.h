/* Paths: what a license asks before it is held, as read from the key `paths` of its pack, and the verdict on one person.
 *
 * Judging is pure: a path, what the person has, and a day go in. Credits are exact as elsewhere (common/credit.h), time is
 * in whole months and civil days. Nothing here says that somebody qualifies: the agency decides. */
#pragma once

#include "common/api.h"
#include "daemon/pack/pack.h"

enum step_verb {
	STEP_HOLD,
	STEP_DEGREE,
	STEP_PROGRAM,
	STEP_CREDITS,
	STEP_YEARS,
	STEP_EXAM,
	STEP_PORTFOLIO,
	STEP_CLEARANCE,
	STEP_COURSE,
	STEP_RECOMMENDATION,
	STEP_INDUCTION,
	STEP_FEE,
	STEP_ACT,
	STEP_NOTE,
	STEP_ALL_OF,
	STEP_ONE_OF,
	STEP_N_OF,
};

/* {5312: 158}: a code, and the least score; SCORE_NOT_FOUND where its author found none. */
enum { SCORE_NOT_FOUND = -1 };
struct step_exam {
	const char *code;
	int64_t score;
	civil_day taken_from, taken_until; /* DATE_NONE: any day */
};

struct step_area {
	const char *word;
	int64_t exact; /* semester hours */
};

struct step {
	enum step_verb verb;
	const char *id;	       /* of a group NULL where it has none */
	const char *title;     /* NULL: told from the rest */
	const char *what;      /* as written behind the verb */
	struct texts words;    /* others that mean the same */
	struct texts packs;    /* of hold */
	struct texts of_level; /* of hold */
	struct texts in;       /* of degree: fields; of years: states */
	bool ever;	       /* of hold: one that is over is enough */
	int64_t least;	       /* credits, exact; months; or how many of a group */
	const struct step_area *areas;
	size_t area_count;
	const struct step_exam *exams;
	size_t exam_count;
	int within_months; /* before the day; 0: whenever */
	int lasts_months;  /* good for so long; 0: not told */
	const char *by;	   /* "application", "first renewal", "issue + 12 months" */
	struct texts after;
	const char *instead; /* of this step: what is done otherwise */
	const struct pack_source *cite;
	enum told_level level;
	const char *why;
	const struct step *steps; /* of a group */
	size_t n;
	int line;
};

enum path_kind { PATH_FIRST, PATH_UP, PATH_ADD, PATH_IN };

struct path {
	const char *name, *title;
	enum path_kind kind;
	const char *version_of;	 /* NULL: not told */
	civil_day from, until;	 /* open on these days; DATE_NONE: always */
	const char *endorsement; /* of PATH_ADD */
	const char *paper,
		*paper_kind;  /* of PATH_IN: valid, expired or any; NULL: not told */
	struct texts refused; /* of PATH_IN: kinds of paper */
	struct texts waives;  /* of PATH_IN, in words */
	const char *level, *term, *renew, *then; /* what it gives; NULL: not told */
	struct texts meanwhile, ties, missing;
	const char *note;
	const struct step *steps;
	size_t n;
};

struct paths {
	const struct pack *pack;
	const struct path *v;
	size_t n;
};

/* Those of a pack, in its order; none where it has none. -PDH_REFUSED with file, line and the nearest word. */
int path_read(const struct pack *p, struct arena *a, struct paths *ret, struct err *e);

/* A credential that is held, as a step may ask for one. */
struct path_paper {
	const char *alias, *title, *pack, *level, *place;
	civil_day ends; /* DATE_NONE: it has no last day */
};

struct path_case {
	const struct have *haves;
	size_t have_count;
	const struct path_paper *papers;
	size_t paper_count;
	struct texts done; /* ids of steps that the person says are done */
	civil_day day;
	struct arena *a;
};

struct path_verdict {
	struct path_step *steps; /* in their order, groups before their members */
	size_t n;
	int64_t of, met, missing, doubt; /* steps that are needed, groups not counted */
	civil_day earliest; /* DATE_NONE: what is missing has no day of its own */
	civil_day expires;  /* the first day on which something that is met ends */
	const char *expiring;
};

/* Judges; never fails on a path that was read. */
void path_judge(const struct path *p, const struct path_case *c,
		struct path_verdict *ret);

/* A step in words: "TExES 150, at least 240". */
const char *path_step_text(const struct step *s, struct arena *a);

/* What a path gives, in words; NULL where it does not say. */
const char *path_gives_text(const struct path *p, struct arena *a);
