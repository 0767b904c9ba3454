/* The packet of pdh report audit: a bag (RFC 8493) in a zip, verified by sha256sum without pdh. */
#pragma once

#include "client/verbs/run_parts.h"

/* What is packed, and by what it is signed. */
struct packet {
	const struct audited *audited;
	const struct answer *transcript;
	const char *out;
	const char *key; /* NULL: it is not signed */
};

/* Writes the packet by rename. 0; or an error, and then there is none, and an old one is as it was. */
int packet_write(struct run *r, const struct packet *p, struct err *e);

/* "dana-reyes-tx-lib-2022-2027" */
const char *packet_bag_name(const struct audited *r, struct arena *a);

/* "0212 2026-03-13 Teaching with primary sources.pdf": the name of a proof of an entry, of letters that every system
 * and every manifest can bear. `which`: of several proofs of it, from 1 on. */
const char *packet_proof_name(int64_t id, civil_day day, const char *title, size_t which,
			      const char *media_type, struct arena *a);
