/* Words for completion that come from packs: those in use, or one that is named. */
#pragma once

#include "daemon/judge/held.h"

/* Each adds to `ret`, in the arena; `about` is a credential or a pack, NULL or "": the packs of all credentials. */

/* What the rules in use name, and what people commonly log, as entries of this attribute have it. */
int word_packs_known(struct work *w, enum rule_attr attr, struct words *ret,
		     struct err *e);

/* What rules tell levels or endorsements from; of endorsements also what paths add. */
int word_packs_told(struct work *w, enum rule_known known, const char *about,
		    struct words *ret, struct err *e);

/* The names of paths. */
int word_packs_paths(struct work *w, const char *about, struct words *ret, struct err *e);

/* "name=value" for each value of a fact where there are few, else "name=" to go on from. */
int word_packs_facts(struct work *w, const char *about, struct words *ret, struct err *e);
