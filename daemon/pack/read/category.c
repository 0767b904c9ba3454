#include "daemon/pack/read/category.h"

#include "common/api.h"

#include <string.h>

/* What people log, in the words of pdh and of boards. A pack that means something else lists
 * it under `kinds` or `formats`. */
static const char *const kinds[] = {
	/* The most common first: they are proposed before others. */
	"workshop",	   "course",	    "conference",  "self-study",
	"mentoring",	   "presenting",    "teaching",	   "reading",
	"webinar",	   "seminar",	    "training",	   "coaching",
	"committee",	   "research",	    "writing",	   "publishing",
	"action-research", "assessment",    "audit",	   "authoring",
	"book-study",	   "consulting",    "curriculum",  "degree",
	"developing",	   "discussion",    "editing",	   "exam",
	"externship",	   "grant-writing", "in-service",  "internship",
	"job-shadowing",   "leadership",    "lecture",	   "meeting",
	"national-board",  "observation",   "opening",	   "patent",
	"peer-coaching",   "peer-review",   "plc",	   "podcast",
	"practice",	   "pro-bono",	    "project",	   "residency",
	"reviewing",	   "service",	    "study-group", "supervising",
	"travel",	   "tutoring",	    "video",	   "volunteering",
	"work-experience",
};
static const char *const formats[] = {
	"audio",     "distance", "hybrid", "in-person", "live",	      "live-online",
	"on-demand", "online",	 "print",  "recorded",	"self-paced", "video",
};
static const char *const roles[] = {
	"attendee",    "author",    "committee", "editor",     "facilitator",
	"instructor",  "leader",    "mentee",	 "mentor",     "observer",
	"participant", "presenter", "reviewer",	 "supervisor",
};
static const char *const approvals[] = {"approved", "pending", "refused"};
static const char *const duties[] = {"no", "yes"};
static const char *const units[] = {
#define X(name, word, brief, many, accepted, text) word,
	CREDIT_UNIT_MAP(X)
#undef X
};

enum openness {
	OPEN,	  /* any word */
	GUIDED,	  /* any word but a slip of one that is known */
	DECLARED, /* a known word, or one that the pack declares */
	CLOSED,	  /* a known word */
};

#define WORDS(list, openness, key)                                    \
	{                                                             \
		list, sizeof(list) / sizeof((list)[0]), openness, key \
	}
static const struct common {
	const char *const *words;
	size_t n;
	enum openness openness;
	const char *list; /* the key under which a pack declares its own */
} common[ATTR_COUNT] = {
	[ATTR_KIND] = WORDS(kinds, DECLARED, "kinds"),
	[ATTR_FORMAT] = WORDS(formats, DECLARED, "formats"),
	[ATTR_ROLE] = WORDS(roles, GUIDED, "role"),
	[ATTR_APPROVAL] = WORDS(approvals, CLOSED, "approval"),
	[ATTR_DUTY] = WORDS(duties, CLOSED, "duty"),
	[ATTR_UNIT] = WORDS(units, CLOSED, "unit"),
};

/* Whether `part` is one of the words of `whole`, which are joined by "-". */
static bool is_part(const char *part, const char *whole)
{
	size_t n = strlen(part);

	for (const char *p = whole; n && (p = strstr(p, part)); p++)
		if ((p == whole || p[-1] == '-') && (p[n] == '-' || !p[n]))
			return true;
	return false;
}

const char *category_near(const char *folded, const char *const *known, size_t n)
{
	const char *near = api_nearest(folded, known, n);

	for (size_t i = 0; !near && i < n; i++)
		if (is_part(folded, known[i]) || is_part(known[i], folded))
			near = known[i];
	return near;
}

int category_refuse(struct reader *r, const struct yaml *v, const char *list,
		    const char *word, const char *const *known, size_t n)
{
	AUTO_ARENA scratch = {NULL};
	const char *near = category_near(rules_fold(word, &scratch), known, n);

	if (near)
		return read_refuse(
			r, v, "\"%.60s\" is not known in %s; did you mean \"%.60s\"?",
			word, list, near);
	return read_refuse(r, v, "\"%.60s\" is not known in %s", word, list);
}

static bool is_among(const struct common *c, const char *folded)
{
	AUTO_ARENA scratch = {NULL};

	for (size_t i = 0; i < c->n; i++)
		if (strcmp(rules_fold(c->words[i], &scratch), folded) == 0)
			return true;
	return false;
}

const char *category_means(enum rule_attr attr, const char *folded)
{
	static const struct {
		enum rule_attr attr;
		const char *word, *means;
	} words[] = {
		{ATTR_FORMAT, "zoom", "live-online"},
		{ATTR_FORMAT, "teams", "live-online"},
		{ATTR_FORMAT, "webex", "live-online"},
		{ATTR_FORMAT, "virtual", "live-online"},
		{ATTR_FORMAT, "synchronous", "live-online"},
		{ATTR_FORMAT, "asynchronous", "self-paced"},
		{ATTR_FORMAT, "face-to-face", "in-person"},
		{ATTR_FORMAT, "f2f", "in-person"},
		{ATTR_FORMAT, "onsite", "in-person"},
		{ATTR_FORMAT, "on-site", "in-person"},
		{ATTR_FORMAT, "classroom", "in-person"},
		{ATTR_KIND, "zoom", "webinar"},
		{ATTR_KIND, "class", "course"},
		{ATTR_KIND, "talk", "presenting"},
		{ATTR_ROLE, "speaker", "presenter"},
		{ATTR_ROLE, "teacher", "instructor"},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].attr == attr && strcmp(words[i].word, folded) == 0)
			return words[i].means;
	return NULL;
}

const char *category_slip(const char *folded)
{
	const struct common *c = &common[ATTR_KIND];

	return is_among(c, folded) ? NULL : api_nearest(folded, c->words, c->n);
}

int category_check(struct reader *r, const struct yaml *v, enum rule_attr attr,
		   const char *word, const char *folded)
{
	const struct common *c = &common[attr];

	if (!r->written || c->openness == OPEN || is_among(c, folded))
		return 0;
	if (c->openness == CLOSED)
		return read_check_word(r, v, c->list, word, c->words, c->n);
	if (c->openness == GUIDED)
		return api_nearest(folded, c->words, c->n)
			       ? category_refuse(r, v, c->list, word, c->words, c->n)
			       : 0;
	const char *near = category_near(folded, c->words, c->n);
	if (near)
		return read_refuse(
			r, v,
			"\"%.60s\" is not known in %s; did you mean \"%.60s\"? If not, "
			"list it under \"%s\"",
			word, c->list, near, c->list);
	return read_refuse(
		r, v,
		"\"%.60s\" is not a %s that people commonly log; if it is meant, "
		"list it under \"%s\"",
		word, attr == ATTR_KIND ? "kind" : "format", c->list);
}

size_t category_common(enum rule_attr attr, const char *const **ret)
{
	*ret = common[attr].words;
	return common[attr].n;
}
