/* Proofs as records: the row, what it is of, how long it is to be kept, and how its file is. */
#pragma once

#include "daemon/evidence/store.h"
#include "daemon/judge/proof.h"

/* The proof of this number as stored, without what evidence_fill() adds. -PDH_NOT_FOUND, and the field `id`. */
int evidence_read(struct work *w, int64_t id, struct evidence *ret, struct err *e);

/* The same by its digest: 1, or 0 if none has it. */
int evidence_find(struct work *w, const char *digest, struct evidence *ret,
		  struct err *e);

/* Adds what it is of, until when it is to be kept, and whether its file is there. */
int evidence_fill(struct work *w, const struct proof_days *days, struct evidence *to,
		  struct err *e);

/* Whether an activity may count for a credential, by what it says itself: 1 or 0. */
int evidence_may_count(struct work *w, int64_t activity, int64_t credential,
		       struct err *e);

/* What it is and of what, in words: "cert.pdf of #140, #212". */
const char *evidence_words(const struct evidence *p, struct arena *a);

/* The answer of a method that wrote: the proof as it is now, and how many entries lack one. */
int evidence_answer(struct work *w, int64_t id, struct attached *ret, struct err *e);

/* The files as far as can be told without reading them. */
struct evidence_look {
	size_t files, absent, orphans;
};
int evidence_look(struct work *w, struct evidence_look *ret, struct err *e);

/* Files that no row speaks of, as struct stray. */
int evidence_orphans(struct work *w, struct list *ret, struct err *e);
