/* Proofs as records: the row, what it is of, how long it is to be kept, and how its file is. */
#pragma once

#include "daemon/evidence/store.h"
#include "daemon/judge/proof.h"

/* The proof of this number as stored, without what evidence_fill() adds. -PDH_NOT_FOUND, and the field `id`. */
int evidence_read(struct work *w, int64_t id, struct evidence *ret, struct err *e);

/* The same by its digest: 1, or 0 if none has it. */
int evidence_find(struct work *w, const char *digest, struct evidence *ret,
		  struct err *e);

/* Keeps the file that was sent as `p` says it, what it proves aside: puts it into its place, and makes its row unless the
 * same bytes have one. The caller forgets the upload. *ret_known: whether they had. -PDH_USAGE, -PDH_REFUSED,
 * -PDH_STORAGE. */
int evidence_keep(struct work *w, const struct evidence_add_params *p,
		  struct evidence *ret, bool *ret_known, struct err *e);

/* Adds what it is of, until when it is to be kept, and whether its file is there. */
int evidence_fill(struct work *w, const struct proof_days *days, struct evidence *to,
		  struct err *e);

/* Whether an activity may count for a credential, by what it says itself: 1 or 0. */
int evidence_may_count(struct work *w, int64_t activity, int64_t credential,
		       struct err *e);

/* The same for any entry that came from an import, of the days of a cycle; DATE_NONE: without an end. */
int evidence_import_may_count(struct work *w, int64_t batch, int64_t credential,
			      civil_day begins, civil_day ends, struct err *e);

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
