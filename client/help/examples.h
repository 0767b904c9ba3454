/* The examples of examples.def. */
#pragma once

#include "common/api.h"

struct example {
	enum method_id method;
	const char *command;
	const char *what;
};

extern const struct example examples[];
extern const size_t example_count;

struct remark {
	enum method_id method;
	const char *text;
};

extern const struct remark remarks[];
extern const size_t remark_count;

/* How commands are grouped where people read about them: by task. */
struct task {
	const char *title;
	const char
		*nouns; /* first words of the wire names or verbs, separated by commas */
};

extern const struct task tasks[];
extern const size_t task_count;

/* Whether people are told of the method and it belongs to the task. */
bool task_has(const struct task *t, const struct method *m);
