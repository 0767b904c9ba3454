/* Files on their way in, sent piece by piece (upload.begin, upload.write, upload.drop) and then used by the method that
 * they are for.
 *
 * A file lies in the folder "incoming" of the proofs (path_evidence()) until it is used, dropped, an hour old or left
 * behind by a daemon that ended. It is hashed as it comes, and what has come is made durable every few MiB, so that no
 * request waits for more than that. Uploads are not content: no history has them. */
#pragma once

#include "common/sha256.h"
#include "daemon/work.h"

enum {
	UPLOAD_MOST = 64,	  /* at once */
	UPLOAD_BYTES = 100 << 20, /* of one */
	UPLOAD_ALL = 400 << 20,	  /* of all of them together */
	UPLOAD_AGE_S = 3600,
	UPLOAD_IDLE_S = 600, /* one without news for so long makes room for another */
	UPLOAD_TOKEN_SIZE = 33
};

struct upload_slot {
	char token[UPLOAD_TOKEN_SIZE]; /* "": nothing */
	const char *purpose;	       /* static */
	char *path;		       /* malloc'd */
	int fd;
	int64_t size, got;
	int64_t synced;	      /* of got */
	int64_t began, heard; /* epoch seconds */
	struct sha256 hash;
};

/* Zeroed: nothing is on its way. */
struct uploads {
	struct upload_slot slots[UPLOAD_MOST];
};

/* A file that has come whole. Borrowed until upload_done(). */
struct upload_file {
	int fd; /* to read it, at any offset: pread() */
	const char *
		path; /* where it lies, to link() it from there; durable after upload_sync() */
	int64_t size;
	char sha256[SHA256_TEXT_SIZE];
};

/* The file of `token`, which has come whole and is for `purpose` (evidence, import, records). -PDH_NOT_FOUND: there is
 * none, or no longer; -PDH_REFUSED: it is not whole, or for something else. The error names the field "upload". */
int upload_open(struct work *w, const char *token, const char *purpose,
		struct upload_file *ret, struct err *e);

/* Makes what has come durable; -PDH_STORAGE. */
int upload_sync(struct work *w, const char *token, struct err *e);

/* Forgets the file, and removes it from where it lay. One that is not there is fine. */
void upload_done(struct work *w, const char *token);

/* ---- for the dispatcher and the program */

/* Forgets what is an hour old. */
void uploads_expire(struct uploads *u, int64_t now);

/* Forgets all. */
void uploads_done(struct uploads *u);

/* Removes what daemons that ended have left behind; for the one that has the database. */
void uploads_sweep(const char *database);
