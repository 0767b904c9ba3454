/* What the files of the packet share. */
#pragma once

#include "client/verbs/packet.h"

struct packed_proof {
	int64_t id;
	const char *sha256, *path; /* in the bag */
};

struct packing {
	struct run *r;
	const struct packet *p;
	const char *program;
	const char *folder;   /* for the time of the packing, beside the packet */
	const char *bag;      /* in it */
	const char *key_name; /* NULL: it is not signed */
	struct packed_proof *proofs;
	size_t proof_count;
	struct err *e;
};

/* Copies what proves the entries, the credential and its items into the bag. */
int packet_put_proofs(struct packing *k);

/* Compares the manifest with what was stored. -PDH_FAILED for a proof that is damaged. */
int packet_check_proofs(struct packing *k);
